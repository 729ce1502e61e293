"""The room as Django knows it."""

from django.apps import AppConfig


class CongressesConfig(AppConfig):
    """Congresses and their delegates."""

    name = "daihoi.web.congresses"
    label = "congresses"
    default_auto_field = "django.db.models.BigAutoField"
