"""What was printed of whom, and the files of papers that were made lately.

Who has a paper already is asked by person: a badge that is printed again needs a reason, one for somebody who came onto
the list after the batch does not. Files are kept for some hours, so that a paper of two hundred people is made once;
whoever sees personnel data made other files than who does not, and each is given their own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from daihoi.papers.congress.terms import Files
from daihoi.web.congresses.choices import Category, Paper
from daihoi.web.congresses.models import Congress, Delegate, Guest, Printing

KEPT = timedelta(hours=12)
"""How long both files of one making may be fetched."""
BADGES = frozenset({Paper.BADGE_SHEET, Paper.BADGE_CARD})
OF_NOBODY = frozenset({Paper.SEAT_PLAN, Paper.GROUP_LIST, Paper.ALLOCATION, Paper.CREDENTIALS})
"""Papers that tell of all at once; each making after the first one is one more."""


OF_GUESTS_TOO = BADGES | {Paper.PLACE_CARD}


def whom(congress: Congress, paper: Paper, people: Collection[str] = ()) -> tuple[str, ...]:
    """Keys of the delegates and guests for whom a paper would be made now, or of those of `people` alone."""
    delegates = Delegate.objects.filter(congress=congress, replaced_by__isnull=True)
    if paper is Paper.PLACE_CARD:
        delegates = delegates.exclude(category=Category.ALTERNATE, replaces__isnull=True)
    found: list[str] = []
    if paper in OF_GUESTS_TOO or paper is Paper.SUMMONS:
        found += delegates.order_by("person__sort_text", "pk").values_list("key", flat=True)
    if paper in OF_GUESTS_TOO or paper is Paper.INVITATION:
        found += Guest.objects.filter(congress=congress).values_list("key", flat=True)
    return tuple(one for one in found if not people or one in people)


def alike(paper: Paper) -> frozenset[Paper]:
    """The papers of which a person needs one: a badge is a badge, from a sheet or alone."""
    return BADGES if paper in BADGES else frozenset({paper})


def bearers(printing: Printing, everybody: Collection[str]) -> frozenset[str]:
    """Keys of those on a printing; of one that was kept without them everybody who might have been."""
    for name in ("of", "people"):
        kept = printing.asked.get(name)
        if isinstance(kept, list) and kept:
            return frozenset(str(one) for one in kept)
    return frozenset(everybody)


def have_it(congress: Congress, paper: Paper, people: Collection[str]) -> frozenset[str]:
    """Which of these people the paper was made for before, by key; one query."""
    made = Printing.objects.filter(congress=congress, paper__in=[one.value for one in alike(paper)])
    found: set[str] = set()
    for one in made:
        found |= bearers(one, people)
    return frozenset(found & set(people))


def is_again(congress: Congress, paper: Paper, people: Collection[str]) -> bool:
    """Whether making it now makes it again for anybody; a paper that is of nobody alone: whether it was made at all."""
    if paper in OF_NOBODY:
        return Printing.objects.filter(congress=congress, paper=paper).exists()
    return bool(have_it(congress, paper, people))


def of_person(congress: Congress, key: str) -> list[Printing]:
    """What was printed of one person, newest first."""
    return [one for one in congress.printings.all() if one.paper not in OF_NOBODY and key in bearers(one, ())]


def _folder() -> Path:
    return Path(settings.DATA) / "made"


def _file(printing: Printing, kind: str, *, personnel: bool) -> Path:
    # With the moment: after an older database was put back, a number may come a second time.
    shade = "p" if personnel else "n"
    return _folder() / f"{printing.pk}-{printing.made_at:%Y%m%d%H%M%S%f}-{shade}.{kind}"


def keep(printing: Printing, files: Files, *, personnel: bool) -> None:
    """Lay both files into the data folder, and let go of those whose time is over.

    A disk that is full keeps none: they are made anew when they are asked for.
    """
    try:
        _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        _let_go(_folder().iterdir())
        for kind, content in (("pdf", files.pdf), ("docx", files.docx)):
            _file(printing, kind, personnel=personnel).write_bytes(content)
    except OSError:
        for kind in ("pdf", "docx"):
            _file(printing, kind, personnel=personnel).unlink(missing_ok=True)


def kept(printing: Printing, kind: str, *, personnel: bool) -> bytes | None:
    """A file as it was made; None where it is not there any more or was made by another right."""
    try:
        return _file(printing, kind, personnel=personnel).read_bytes()
    except OSError:
        return None


def _let_go(files: Iterable[Path]) -> None:
    before = (timezone.now() - KEPT).timestamp()
    for file in files:
        if file.stat().st_mtime < before:
            file.unlink(missing_ok=True)
