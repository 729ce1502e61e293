"""The room as Django knows it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from daihoi.web.site.collation import sort_by_bytes


class SiteConfig(AppConfig):
    """Templates, static files and tags that all rooms share."""

    name = "daihoi.web.site"
    label = "site"

    def ready(self) -> None:
        """See to the order of text whenever tables were made or changed; this room comes last."""
        post_migrate.connect(sort_by_bytes, sender=self)
