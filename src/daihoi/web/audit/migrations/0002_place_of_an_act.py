"""Whose act an entry is: taken from subjects that are an organisation or a congress; older acts on others have none."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions import Substr


def find_places(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """One statement for each kind: a ledger may have a million rows."""
    entries = apps.get_model("audit", "LedgerEntry").objects
    for kind in ("organisation:", "congress:"):
        entries.filter(subject__startswith=kind).update(place=Substr("subject", len(kind) + 1))


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="ledgerentry",
            name="place",
            field=models.CharField(blank=True, db_index=True, default="", max_length=32),
        ),
        migrations.RunPython(find_places, migrations.RunPython.noop),
    ]
