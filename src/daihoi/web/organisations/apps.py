"""The room as Django knows it."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """The tree of organisations."""

    name = "daihoi.web.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"
