"""The room as Django knows it."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """Lists in the browser and as spreadsheets."""

    name = "daihoi.web.lists"
    label = "lists"
    default_auto_field = "django.db.models.BigAutoField"
