"""What the server calls."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daihoi.web.site.settings")
application = get_wsgi_application()


def _settle() -> None:
    """Load what every answer needs, and leave it out of every later search for garbage.

    Some answers took 100 ms longer than their like, in which all modules and addresses were looked through once more.
    """
    from django.urls import get_resolver  # noqa: PLC0415 -- the rooms are imported once the settings stand

    get_resolver().reverse("health")
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


_settle()
