"""The room as Django knows it."""

from django.apps import AppConfig


class HallConfig(AppConfig):
    """The hall on the day."""

    name = "daihoi.web.hall"
    label = "hall"
    default_auto_field = "django.db.models.BigAutoField"
