from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0002_organisations_are_found_by_words"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["depth", "path"], name="organisation_by_depth"),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", True), ("valid_to__isnull", True)),
                fields=["tier", "path", "official_members", "probationary_members", "id"],
                name="organisation_that_stands",
            ),
        ),
    ]
