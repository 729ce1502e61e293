"""What a recount needs of ELECTION.toml: the base, the contest and its figures. Written apart from `interchange`."""

from __future__ import annotations

import codecs
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from daihoi.verify.errors import MalformedError
from daihoi.verify.node import Node
from daihoi.verify.terms import ELECTION

GROUNDS: Mapping[str, frozenset[str]] = {
    "delegates": frozenset({"convening_member_absent_throughout", "delegate_absent_throughout_unreplaced"}),
    "members": frozenset(
        {
            "temporarily_elsewhere",
            "exempt_not_present",
            "suspended_charged_or_in_custody",
            "absent_throughout_approved",
        }
    ),
    "meeting": frozenset({"suspended_charged_or_in_custody", "on_leave_throughout"}),
}
"""What may be taken off the base, by the form of the congress. [244-QĐ/TW art. 32.2-32.4; 190-QĐ/TW art. 30.2]"""


@dataclass(frozen=True)
class Figures:
    """The board's figures of papers; None where not filled in."""

    present: int
    printed: int | None
    issued: int | None
    collected: int | None
    spoiled: int
    unused: int | None


@dataclass(frozen=True)
class Rules:
    """The settings that the arithmetic hangs on."""

    over_vote_limit: str = "official"
    blank_single_ballot: str = "invalid"
    no_agree_ballot: str = "propose_by_disagree"
    tie_reballot_plurality: bool = True
    alternates_need_majority: bool = True


@dataclass(frozen=True)
class Race:
    """One contest as a recount needs it; `names` by candidate in ballot order."""

    congress: str
    title: str
    base: int
    seats: int
    places: int
    names: Mapping[str, str]
    plurality: bool
    most_names: int
    figures: Figures
    rules: Rules
    born: Mapping[str, int] = field(default_factory=dict)
    """Years of birth of namesakes, by candidate; for display only."""

    @property
    def strike(self) -> bool:
        """Whether names are struck (a list with surplus) and not squares crossed. [244-QĐ/TW art. 17.1]"""
        return len(self.names) > self.seats


def read_race(data: bytes, contest: str, settings: Node) -> Race:
    """The race of a contest in the bytes of election.toml, under the settings of the record. Raises MalformedError."""
    top = _toml(data)
    _check_settings(top, settings)
    rules = _rules(settings)
    found = [one for one in top["contests"].list() if one["id"].value == contest]
    if len(found) != 1:
        raise MalformedError(member=ELECTION, path="contests", expected=f"one contest {contest}", found=str(len(found)))
    race = found[0]
    candidates = race["candidates"].list()
    names = {one["id"].text(): one["name"].text() for one in candidates}
    seats = race["seats"].whole()
    # A list in which two share an id would give the votes of one to the other.
    if len(names) != len(candidates) or not names or not seats:
        raise race["candidates"].malformed("candidates, each with an id of its own, and seats from 1")
    alternates = race.get("alternates", 0).whole()
    number = race.get("round", 1).whole()
    kind = race.get("round_kind", "first" if number == 1 else "further").text()
    return Race(
        congress=top["congress"]["title"].text(),
        title=race["title"].text(),
        base=_base(top),
        seats=seats,
        places=alternates if race["office"].text() == "delegates" else 0,
        names=names,
        plurality=kind == "tie_reballot" and rules.tie_reballot_plurality,
        most_names=seats + (alternates if rules.over_vote_limit == "official_and_alternates" else 0),
        figures=_figures(top["roll"], race["ballots"]),
        rules=rules,
        born=_born(candidates, names),
    )


def _born(candidates: Sequence[Node], names: Mapping[str, str]) -> dict[str, int]:
    alike = Counter(names.values())
    dates = {one["id"].text(): one.get("born", None).value for one in candidates}
    # Nothing is counted by it, so what is no date is no finding either.
    return {one: born.year for one, born in dates.items() if isinstance(born, date) and alike[names[one]] > 1}


def _toml(data: bytes) -> Node:
    try:
        return Node(tomllib.loads(data.removeprefix(codecs.BOM_UTF8).decode()), ELECTION)
    except (ValueError, RecursionError) as error:
        raise MalformedError(member=ELECTION, path="$", expected="TOML", found=str(error)[:100]) from None


def _base(top: Node) -> int:
    form = top["congress"]["form"]
    if form.text() not in GROUNDS:
        raise form.malformed(", ".join(GROUNDS))
    base = top["roll"]["summoned"].whole()
    for line in top["roll"].get("deductions", []).list():
        if line["ground"].text() not in GROUNDS[form.text()]:
            raise line["ground"].malformed("a ground of this form")
        base -= line["count"].whole()
    if base < 1:
        raise top["roll"]["summoned"].malformed("more than is deducted")
    return base


def _figures(roll: Node, ballots: Node) -> Figures:
    def figure(name: str) -> int | None:
        return ballots[name].whole() if name in ballots else None

    return Figures(
        present=roll["present"].whole(),
        printed=figure("printed"),
        issued=figure("issued"),
        collected=figure("collected"),
        spoiled=figure("spoiled") or 0,
        unused=figure("unused"),
    )


def _check_settings(top: Node, settings: Node) -> None:
    """What [rules] sets must be what the record says was used."""
    for name, value in top.get("rules", {}).items():
        used = settings[name]
        # True equals 1 in Python, and "1" is neither.
        if type(used.value) is not type(value.value) or used.value != value.value:
            raise used.malformed(f"{value.value} (as in {ELECTION})")


def _rules(settings: Node) -> Rules:
    default = Rules()
    return Rules(
        over_vote_limit=settings.get("over_vote_limit", default.over_vote_limit).text(),
        blank_single_ballot=settings.get("blank_single_ballot", default.blank_single_ballot).text(),
        no_agree_ballot=settings.get("no_agree_ballot", default.no_agree_ballot).text(),
        tie_reballot_plurality=settings.get("tie_reballot_plurality", default.tie_reballot_plurality).value is True,
        alternates_need_majority=settings.get("alternates_need_majority", default.alternates_need_majority).value
        is True,
    )
