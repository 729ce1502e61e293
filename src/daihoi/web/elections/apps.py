"""The room as Django knows it."""

from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    """Contests of congresses and of the meetings right after them."""

    name = "daihoi.web.elections"
    label = "elections"
    default_auto_field = "django.db.models.BigAutoField"
