"""The room as Django knows it."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Templates, static files and tags that all rooms share."""

    name = "daihoi.web.site"
    label = "site"
