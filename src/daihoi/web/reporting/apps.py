"""The room as Django knows it."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Results of congresses at the centre."""

    name = "daihoi.web.reporting"
    label = "reporting"
    default_auto_field = "django.db.models.BigAutoField"
