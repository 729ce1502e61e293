"""The room as Django knows it."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The ledger of the house."""

    name = "daihoi.web.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
