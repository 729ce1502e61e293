"""The room as Django knows it."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """People."""

    name = "daihoi.web.members"
    label = "members"
    default_auto_field = "django.db.models.BigAutoField"
