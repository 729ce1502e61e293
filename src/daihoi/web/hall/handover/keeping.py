"""Writes packages while the house is open: at each milestone, every few minutes, and when somebody asks.

A thread of the process that starts the house, which otherwise only waits. It notes when it last looked; pages say when
that is long ago.
"""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

EVERY_SECONDS = 5.0
WRITER = "daihoi serve"


def look() -> bool:
    """One look: write a package if one is due. False where nothing was to be done or it failed."""
    from django.db import close_old_connections  # noqa: PLC0415 -- the command line sets Django up first
    from django.utils import timezone  # noqa: PLC0415

    from daihoi.web.hall.errors import HandoverError  # noqa: PLC0415
    from daihoi.web.hall.models import HandoverPlan  # noqa: PLC0415
    from daihoi.web.hall.services import handing_over  # noqa: PLC0415

    close_old_connections()
    held = handing_over.plan()
    if held is None:
        return False
    now = timezone.now()
    HandoverPlan.objects.filter(pk=held.pk).update(looked_at=now)
    waits = held.problem_at is not None and (now - held.problem_at).total_seconds() < 30
    if waits or not handing_over.is_due(held, now):
        return False
    try:
        handing_over.write(by=WRITER)
    except HandoverError as refused:
        told = {"code": refused.code, "fields": {name: str(value) for name, value in refused.fields.items()}}
        HandoverPlan.objects.filter(pk=held.pk).update(problem=told, problem_at=timezone.now())
        return False
    return True


@contextmanager
def kept_packages() -> Iterator[None]:
    """As long as the house is open."""
    closing = threading.Event()

    def keep() -> None:
        while not closing.wait(EVERY_SECONDS):
            try:
                look()
            except Exception:
                # The house goes on without; the page says that nobody has looked.
                traceback.print_exc(file=sys.stderr)

    thread = threading.Thread(target=keep, name="packages for a second laptop", daemon=True)
    thread.start()
    try:
        yield
    finally:
        closing.set()
