from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0004_photographs"),
        ("organisations", "0002_organisations_are_found_by_words"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="person",
            name="person_by_organisation",
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                fields=["organisation", "sort_text", "id", "folded", "post", "born", "joined"],
                name="person_of_organisation",
            ),
        ),
    ]
