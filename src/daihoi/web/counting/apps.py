"""The room as Django knows it."""

from django.apps import AppConfig


class CountingConfig(AppConfig):
    """Counts of ballots, and the people who decide what the machine does not."""

    name = "daihoi.web.counting"
    label = "counting"
    default_auto_field = "django.db.models.BigAutoField"
