from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from daihoi.web.lists.trigrams import index_words


def words(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    index_words(editor, "members_person", "folded")


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0002_orders_of_lists"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="person", name="person_by_organisation"),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["organisation", "sort_text", "id", "folded"], name="person_by_organisation"),
        ),
        migrations.RunPython(words, migrations.RunPython.noop),
    ]
