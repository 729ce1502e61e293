from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from daihoi.web.lists.trigrams import index_words


def words(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    index_words(editor, "organisations_organisation", "folded")


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]

    operations = [migrations.RunPython(words, migrations.RunPython.noop)]
