"""Answers again what was let through a moment ago: a page that asks for itself every few seconds, in many browsers.

Who may see it was decided by the gate and the queries of its view, the whole way. That holds for the same session and
address until an act other than a passage through the door stands in the ledger, for every change of accounts, roles,
the tree and congresses writes there in its own transaction. Beside it each request asks whether the session stands and
has not run out. What is shown is not kept here: the view's own function answers.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from threading import Lock

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone, translation

from daihoi.web.accounts.models import User
from daihoi.web.accounts.permissions import viewer_of
from daihoi.web.audit import queries as audit
from daihoi.web.audit.models import LedgerHead
from daihoi.words.language import speaking

Again = Callable[[HttpRequest], HttpResponse]
QUIET = "door.passed"
"""The act that changes nobody's rights and comes twice a second."""
MOST = 2000
"""Answers that are remembered; the one that stands longest goes first."""


@dataclass(frozen=True)
class _LetThrough:
    """Who was let through, in which language, after which act of the ledger, and what answers them again."""

    user: int
    language: str
    after: int
    again: Again


_remembered: OrderedDict[tuple[str, str], _LetThrough] = OrderedDict()
_turn = Lock()
_seen: tuple[int, int] = (-1, -1)
"""The head of the ledger that was looked at last, and the last act up to it that was not quiet."""


def answered_again(answer: HttpResponse, again: Again) -> HttpResponse:
    """The answer of a view; until something happens, `again` answers the same session at the same address.

    `again` must rest on nothing that may change without an act in the ledger.
    """
    answer.again = again  # type: ignore[attr-defined]
    return answer


def _now(session_key: str, user: int) -> tuple[int, str]:
    """The last act that was not quiet, and the language of the person; empty where the session or account is gone."""
    global _seen  # noqa: PLW0603 -- one number of the whole process
    head, language = _looked_up(session_key, user)
    before, last = _seen
    if head < before:
        # An older database was put back: what was known of the acts after it does not hold.
        with _turn:
            _remembered.clear()
        before, last = -1, -1
    if head > before:
        last = max(last, audit.last_but(QUIET, after=before, upto=head))
        _seen = (head, last)
    return last, language


def _looked_up(session_key: str, user: int) -> tuple[int, str]:
    """The head of the ledger, and the language as `_now` gives it, in one query; objects take ten times as long."""
    quoted = connection.ops.quote_name
    head, session, person = (quoted(model._meta.db_table) for model in (LedgerHead, Session, User))
    asked = (
        f"SELECT (SELECT seq FROM {head} WHERE id = 1), "  # noqa: S608 -- names of our own
        f"(SELECT 1 FROM {session} WHERE session_key = %s AND expire_date > %s), "
        f"(SELECT language FROM {person} WHERE id = %s AND is_active)"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, [session_key, connection.ops.adapt_datetimefield_value(timezone.now()), user])
        seq, stands, language = cursor.fetchone()
    return -1 if seq is None else seq, language or "" if stands else ""


class AgainMiddleware:
    """Stands before the session is read; hands on all that it does not remember."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """One request."""
        known = (request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""), request.get_full_path())
        held = _remembered.get(known) if request.method == "GET" else None
        if held is not None:
            if _now(known[0], held.user) == (held.after, held.language):
                return _answer(request, held)
            with _turn:
                _remembered.pop(known, None)
        before = _seen[1]
        answer = self.get_response(request)
        if hasattr(answer, "again"):
            _remember(request, known, before, answer.again)
        return answer


def _answer(request: HttpRequest, held: _LetThrough) -> HttpResponse:
    """As the whole way would answer: its checks of the host, its language, its headers."""
    request.get_host()
    with translation.override(held.language), speaking(held.language):
        answer = held.again(request)
    answer.headers.setdefault("Content-Language", held.language)
    answer.headers.setdefault("Vary", "Cookie")
    if answer.status_code != HTTPStatus.NOT_MODIFIED:
        answer.headers.setdefault("Content-Length", str(len(answer.content)))
    return answer


def _remember(request: HttpRequest, known: tuple[str, str], before: int, again: Again) -> None:
    user = viewer_of(request).user
    if user is None or request.session.session_key != known[0]:
        return
    after, language = _now(known[0], user.pk)
    # The same act as before the gate looked: one that came between is one that the gate may not have seen.
    if after == before and language == request.LANGUAGE_CODE:
        with _turn:
            _remembered[known] = _LetThrough(user.pk, language, after, again)
            if len(_remembered) > MOST:
                _remembered.popitem(last=False)
