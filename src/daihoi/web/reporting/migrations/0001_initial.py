import django.db.models.deletion
from django.db import migrations, models

import daihoi.web.organisations.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0002_organisations_are_found_by_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="Parcel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=daihoi.web.organisations.models.new_key, editable=False, max_length=16, unique=True
                    ),
                ),
                ("owner", models.CharField(db_index=True, max_length=40)),
                ("sent_by", models.CharField(max_length=200)),
                ("sent_at", models.DateTimeField(auto_now_add=True)),
                ("file_name", models.CharField(max_length=200)),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("size", models.BigIntegerField()),
                ("report", models.JSONField(default=dict)),
                ("says", models.JSONField(default=dict)),
                ("digest", models.CharField(blank=True, db_index=True, max_length=64)),
                ("scans_sha256", models.CharField(blank=True, db_index=True, max_length=64)),
                ("scans_name", models.CharField(blank=True, max_length=200)),
                ("typed", models.CharField(blank=True, max_length=200)),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="why it replaces the other")),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Received",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=daihoi.web.organisations.models.new_key, editable=False, max_length=16, unique=True
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("contest", models.CharField(max_length=200)),
                (
                    "office",
                    models.CharField(
                        choices=[
                            ("committee", "Committee"),
                            ("standing_committee", "Standing committee"),
                            ("secretary", "Secretary"),
                            ("deputy_secretary", "Deputy secretaries"),
                            ("inspection_committee", "Inspection committee"),
                            ("inspection_chair", "Chair of the inspection committee"),
                            ("delegates", "Delegates to the higher congress"),
                        ],
                        max_length=24,
                        verbose_name="what is elected",
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("round", models.PositiveSmallIntegerField(default=1)),
                (
                    "round_kind",
                    models.CharField(
                        choices=[
                            ("first", "First ballot"),
                            ("further", "Further ballot for seats left open"),
                            ("tie_reballot", "Ballot again among those with equal votes"),
                        ],
                        max_length=12,
                    ),
                ),
                ("opens", models.DateField(verbose_name="day of the congress")),
                ("slot", models.CharField(max_length=64)),
                ("seats", models.PositiveIntegerField()),
                ("elected", models.PositiveIntegerField()),
                ("open_seats", models.PositiveIntegerField()),
                ("ties", models.PositiveIntegerField(default=0)),
                ("taken_at", models.DateTimeField(auto_now_add=True)),
                ("taken_by", models.CharField(max_length=200)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=200)),
                ("ended_reason", models.CharField(blank=True, max_length=300)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results_received",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "parcel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="results", to="reporting.parcel"
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="reporting.received",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.term",
                    ),
                ),
            ],
            options={
                "ordering": ["opens", "office", "round", "pk"],
                "indexes": [models.Index(fields=["organisation", "term"], name="reporting_r_organis_0d6d60_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("organisation", "slot"),
                        name="one_result_of_a_round",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)), fields=("digest",), name="one_result_of_a_count"
                    ),
                ],
            },
        ),
    ]
