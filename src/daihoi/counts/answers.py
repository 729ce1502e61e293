"""The answers of the board as the ledger holds them: the last on a place holds, the words are those of review.csv."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from daihoi.counts.terms import Closed
from daihoi.interchange import decisions
from daihoi.interchange.decisions import PageWord, Place
from daihoi.ledger.chain import Entry
from daihoi.rules.terms import InvalidGround, Mark

WITHDRAWN = "decision.withdrawn"


@dataclass(frozen=True)
class PageAnswer:
    """What became of a refused page: a word, or (word None) the marks keyed from the paper."""

    word: PageWord | None
    marks: Mapping[str, Mark] = field(default_factory=dict)


@dataclass(frozen=True)
class Answers:
    """Marks by (ballot, candidate); whole ballots, decisions.VALID or a ground; pages by page:<file>#<index>."""

    marks: Mapping[tuple[str, str], Mark]
    ballots: Mapping[str, InvalidGround | str]
    pages: Mapping[str, PageAnswer]
    words: Mapping[tuple[str, str], str]
    """Every answer in the word that review.csv shows, by (ballot, candidate)."""
    scanned: Mapping[str, int] = field(default_factory=dict)
    """How many sheets a batch had when the board said that it counted it again, by the page of its slip."""


def place_in(entry: Entry) -> tuple[str, str]:
    """(ballot, candidate) that an answer, or the taking back of one, is about."""
    return str(entry.facts["ballot"]), str(entry.facts["candidate"])


def answers_in(entries: Iterable[Entry]) -> Answers:
    """The answers that hold after these entries."""
    words: dict[tuple[str, str], str] = {}
    scanned: dict[str, int] = {}
    for entry in entries:
        if entry.kind == "decision.made":
            place = place_in(entry)
            words[place] = str(entry.facts["decision"])
            if "scanned" in entry.facts:
                scanned[place[0]] = entry.whole("scanned")
        elif entry.kind == WITHDRAWN:
            place = place_in(entry)
            words.pop(place, None)
            scanned.pop(place[0], None)
    return answers_of(words, scanned)


def answers_of(words: Mapping[tuple[str, str], str], scanned: Mapping[str, int] | None = None) -> Answers:
    """The answers behind words in their own spelling; `scanned` as in Answers, of words said just now nothing."""
    marks: dict[tuple[str, str], Mark] = {}
    ballots: dict[str, InvalidGround | str] = {}
    pages: dict[str, PageAnswer] = {}
    for (ballot, candidate), word in words.items():
        match decisions.place_of(ballot, candidate):
            case Place.MARK:
                marks[ballot, candidate] = Mark(word)
            case Place.BALLOT:
                ballots[ballot] = word if word == decisions.VALID else InvalidGround(word)
            case Place.PAGE:
                pages[ballot] = _page(word)
    return Answers(marks, ballots, pages, dict(words), scanned or {})


def _page(word: str) -> PageAnswer:
    keyed = decisions.keyed_marks(word)
    return PageAnswer(PageWord(word)) if keyed is None else PageAnswer(None, keyed)


def closed_by(entry: Entry) -> Closed | None:
    """What an event closes for pairing: the sheet of a page that the board has answered."""
    if entry.kind == "decision.made" and str(entry.facts["ballot"]).startswith(decisions.PAGE):
        return Closed(str(entry.facts["ballot"]))
    return None
