"""From what a screen is asked to show to what stands on it. It knows no viewer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from daihoi.web.congresses import attendance
from daihoi.web.congresses import queries as congresses
from daihoi.web.congresses.models import Congress
from daihoi.web.congresses.naming import title_of
from daihoi.web.elections import making, queries
from daihoi.web.elections.choices import ContestState
from daihoi.web.elections.models import Contest
from daihoi.web.hall.choices import OF_A_CONTEST, Shows
from daihoi.web.hall.pictures import drawings, results
from daihoi.web.hall.pictures.asked import Asked

PROGRESS_ROWS = 7


@dataclass(frozen=True)
class Slide:
    """What stands on a screen: a template with its facts, which page of how many."""

    template: str
    held: Mapping[str, object]
    page: int = 1
    pages: int = 1


def contest_asked(congress: Congress, asked: Asked) -> Contest | None:
    """The contest that a picture is of."""
    return queries.contests(congress).filter(key=asked.contest).first() if asked.contest else None


def refusal(congress: Congress, asked: Asked) -> str:
    """Why this cannot be shown now, as a sentence; empty where it can."""
    if asked.shows == Shows.COUNTDOWN and not asked.until:
        return _("Say how many minutes the countdown runs.")
    if asked.shows == Shows.WORDS and not asked.words:
        return _("Write the words that the screen shall show.")
    if asked.shows not in OF_A_CONTEST:
        return ""
    contest = contest_asked(congress, asked)
    if contest is None:
        return _("Choose the contest.")
    if asked.shows == Shows.HOW_TO_MARK:
        return "" if making.listed(contest) else _("This contest has no names yet: there is no ballot to draw.")
    if not queries.figures_are_open(contest):
        return _("The result of this contest is not announced; no screen shows it before.")
    return "" if results.told(contest, asked.order) else _("The figures of this contest are not in the house.")


def slide_of(congress: Congress, asked: Asked) -> Slide:
    """The picture; what cannot be shown (any more) is the welcome, so that a screen is never empty or wrong."""
    if refusal(congress, asked):
        return _welcome(congress, asked)
    return MAKERS[asked.shows](congress, asked)


def rendered(congress: Congress, asked: Asked, language: str) -> tuple[str, Slide]:
    """The part of the page, in the language of the screen."""
    with translation.override(language):
        slide = slide_of(congress, asked)
        title = title_of(congress)
        held = {"title": title, "congress": congress, "page": slide.page, "pages": slide.pages, **slide.held}
        return render_to_string(f"hall/pictures/{slide.template}.html", held), slide


def _welcome(_congress: Congress, _asked: Asked) -> Slide:
    return Slide("welcome", {})


def _attendance(congress: Congress, _asked: Asked) -> Slide:
    session = congresses.current_session(congress)
    if session is None:
        return Slide("welcome", {})
    return Slide("attendance", {"session": session, "told": attendance.attendance(congress, session)})


def _how_to_mark(congress: Congress, asked: Asked) -> Slide:
    contest = contest_asked(congress, asked)
    assert contest is not None  # noqa: S101 -- `refusal` looked
    page = min(asked.page, drawings.PAGES)
    name = drawings.name_of(contest, translation.get_language() or "vi")
    address = reverse("hall_drawing", args=[congress.key, contest.key, translation.get_language(), page, name])
    return Slide("how_to_mark", {"contest": contest, "picture": address}, page, drawings.PAGES)


def _progress(congress: Congress, asked: Asked) -> Slide:
    """Papers alone: how many were issued and collected. Votes are in nothing that is read here."""
    told = list(queries.contests(congress).exclude(state=ContestState.ANNULLED))
    pages = max(1, -(-len(told) // PROGRESS_ROWS))
    page = min(asked.page, pages)
    return Slide("progress", {"contests": told[(page - 1) * PROGRESS_ROWS : page * PROGRESS_ROWS]}, page, pages)


def _result(congress: Congress, asked: Asked) -> Slide:
    contest = contest_asked(congress, asked)
    told = results.told(contest, asked.order) if contest else None
    assert told is not None  # noqa: S101 -- `refusal` looked
    pages = results.pages(told)
    page = min(asked.page, len(pages))
    kind, lines = pages[page - 1]
    return Slide(f"result_{kind}", {"told": told, "contest": contest, "lines": lines}, page, len(pages))


def _countdown(_congress: Congress, asked: Asked) -> Slide:
    return Slide("countdown", {"until": datetime.fromisoformat(asked.until), "words": asked.words})


def _words(_congress: Congress, asked: Asked) -> Slide:
    return Slide("words", {"words": asked.words})


def _dark(_congress: Congress, _asked: Asked) -> Slide:
    return Slide("dark", {})


MAKERS: Mapping[Shows, Callable[[Congress, Asked], Slide]] = {
    Shows.WELCOME: _welcome,
    Shows.ATTENDANCE: _attendance,
    Shows.HOW_TO_MARK: _how_to_mark,
    Shows.PROGRESS: _progress,
    Shows.RESULT: _result,
    Shows.COUNTDOWN: _countdown,
    Shows.WORDS: _words,
    Shows.DARK: _dark,
}
