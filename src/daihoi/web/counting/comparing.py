"""Independent counts of one contest side by side, by `daihoi.counts.comparing`; nothing in any of them is altered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from daihoi.counts.comparing import listing
from daihoi.counts.comparing.compare import compare
from daihoi.counts.errors import CountsError
from daihoi.interchange.errors import InterchangeError
from daihoi.web.counting import folders, keying, queries
from daihoi.web.counting.choices import Way
from daihoi.web.counting.making import plain
from daihoi.web.counting.models import Comparison, Count
from daihoi.web.elections.models import Contest
from daihoi.words.comparing import FIGURES
from daihoi.words.errors import sentence_of
from daihoi.words.language import _ as words_of_core

FOLDER = "compared"


@dataclass(frozen=True)
class Standing:
    """Whether the counts agree; `words` why that cannot be said, or how far they do not."""

    agrees: bool
    words: str
    document: dict[str, object] | None = None


def standing(contest: Contest, *, rehearsal: bool = False) -> Standing:
    """How the counts of a contest stand to one another now; compared anew only when one of them changed."""
    held = queries.witnesses(contest, rehearsal=rehearsal)
    if len(held) < 2:
        return Standing(True, "")
    waiting = [one.label for one in held if not _is_ready(one)]
    if waiting:
        return Standing(False, _("Not finished: %(labels)s") % {"labels": ", ".join(waiting)})
    stamp = " ".join(f"{one.label}{one.key}:{_state(one)}" for one in held)[:300]
    known = Comparison.objects.filter(contest=contest, rehearsal=rehearsal, stamp=stamp).first()
    if known is None:
        try:
            known = _compared(contest, held, stamp, rehearsal=rehearsal)
        except (CountsError, InterchangeError) as refused:
            return Standing(False, sentence_of(refused.code, refused.fields))
    return Standing(known.agrees, "" if known.agrees else _how_many(known.document), known.document)


def crops_folder(contest: Contest) -> Path:
    """Where the crops of the last comparison lie."""
    return folders.house() / FOLDER / contest.key


def _compared(contest: Contest, held: list[Count], stamp: str, *, rehearsal: bool) -> Comparison:
    comparison = compare([_path(one) for one in held])
    out = crops_folder(contest)
    out.mkdir(parents=True, exist_ok=True)
    listing.write_comparison(comparison, out)
    # Named by number and label, as `write_comparison` names them.
    crops = {
        (int(path.name[:5]), path.stem[-1]): f"{listing.CROPS}/{path.name}" for path in (out / listing.CROPS).iterdir()
    }
    document = plain(listing.document(comparison, crops))
    row, _new = Comparison.objects.update_or_create(
        contest=contest, rehearsal=rehearsal,
        defaults={"stamp": stamp, "agrees": comparison.agrees, "document": document},
    )  # fmt: skip
    return row


def _path(count: Count) -> Path:
    return folders.count_of(count) if count.way == Way.SCANNED else keying.write_csv(count)


def _state(count: Count) -> str:
    if count.way == Way.SCANNED:
        return queries.progress_of(count).digest[:16]
    return keying.stamp(count)


def _is_ready(count: Count) -> bool:
    if count.way == Way.SCANNED:
        progress = queries.progress_of(count)
        return progress.settled and bool(progress.digest) and not progress.unread
    return keying.is_whole(count)


def _how_many(document: dict[str, object]) -> str:
    differences, votes = document.get("differences"), document.get("votes")
    papers = len(differences) if isinstance(differences, list) else 0
    figures = 0
    for line in votes if isinstance(votes, list) else []:
        told = {figure for figure in line["figures"].values() if figure is not None}
        figures += len(told) > 1
    return _("%(papers)d difference(s) on papers, %(figures)d people with other votes") % {
        "papers": papers, "figures": figures
    }  # fmt: skip


@dataclass(frozen=True)
class Side:
    """One paper as one count has it."""

    label: str
    value: str
    where: str
    crop: str
    ballot: str = ""


@dataclass(frozen=True)
class Difference:
    """One thing about which two counts do not agree."""

    number: int
    what: str
    sides: tuple[Side, ...]
    majority: str
    candidate: str = ""


def rows(found: Standing, names: Mapping[str, str], words: Callable[[str], str]) -> list[Difference]:
    """The differences of papers; `names` by candidate, `words` for values."""
    if found.document is None:
        return []
    held = found.document["differences"]
    return [_difference(one, names, words) for one in held] if isinstance(held, list) else []


def _difference(one: dict[str, Any], names: Mapping[str, str], words: Callable[[str], str]) -> Difference:
    sides = []
    for label, value in one["values"].items():
        sheet = one["sheets"].get(label)
        where = _where(sheet) if sheet is not None else ""
        ballot = str(sheet["ballot"]) if sheet is not None else ""
        shown = " ".join(words(part) for part in str(value).split()) or _("not there")
        sides.append(Side(label, shown, where, Path(sheet["crop"]).name if sheet and sheet["crop"] else "", ballot))
    what = names.get(str(one["candidate"])) or _("The ballot as a whole")
    return Difference(
        int(one["number"]), what, tuple(sides), words(one["majority"]) if one["majority"] else "", str(one["candidate"])
    )


def _where(sheet: Mapping[str, Any]) -> str:
    """Where a person finds the paper: the pile and the sheet in it."""
    pile, place = sheet["batch"], sheet["in_batch"]
    if str(pile).endswith(".csv"):
        # Of what was keyed the core knows the row of a file; pile and paper stand in the name of the ballot.
        pile, _dash, place = str(sheet["ballot"]).rpartition("-")
        return _("pile %(batch)s, sheet %(sheet)s") % {"batch": pile, "sheet": int(place)}
    return _("%(ballot)s, pile %(batch)s, sheet %(place)s") % {
        "ballot": sheet["ballot"], "batch": pile or "–", "place": place
    }  # fmt: skip


def figures(found: Standing, names: Mapping[str, str]) -> list[tuple[str, dict[str, object]]]:
    """The votes and figures that differ, by count."""
    if found.document is None:
        return []
    told = []
    for kind in ("votes", "figures"):
        lines = found.document[kind]
        for line in lines if isinstance(lines, list) else []:
            if len({figure for figure in line["figures"].values() if figure is not None}) > 1:
                told.append((names.get(line["name"]) or words_of_core(FIGURES[line["name"]]), line["figures"]))
    return told


@dataclass(frozen=True)
class Step:
    """What is to be done in one count where it, and not the other, was wrong; `page` is where that is done."""

    words: str
    count: Count
    page: str
    ballot: str


def steps(one: Difference, counts: Mapping[str, Count]) -> list[Step]:
    """For each count that a ballot lies in: how it is put right, should the paper say that this count was wrong."""
    found = []
    for side in one.sides:
        count = counts.get(side.label)
        if count is None:
            continue
        words, page = _step(side, one.candidate, count)
        found.append(Step(words, count, page, side.ballot if count.way == Way.SCANNED else ""))
    return found


def _step(side: Side, candidate: str, count: Count) -> tuple[str, str]:
    told = {"label": side.label}
    if not side.ballot:
        return _(
            "Count %(label)s has no such paper: look for it in the pile, and count the pile by hand."
        ) % told, "count"
    if count.way == Way.KEYED:
        said = _("Was count %(label)s wrong: take its pile out, and have it keyed again by two people.")
        return said % told, "count"
    decided = count.decisions.filter(ballot=side.ballot, candidate__in=["", candidate], undone_at__isnull=True)
    if decided.exists():
        said = _(
            "Was count %(label)s wrong: take the decision of the board back in the list of decisions, and decide anew."
        )
        return said % told, "count_decisions"
    said = _("Was count %(label)s wrong: nobody was asked about this mark; take its pile out and scan it again.")
    return said % told, "count"
