"""Papers that two people key, and a third where these differ: what the ledger of a keyed count is made from."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from daihoi.counts.keyed_count import PAPER, PILE
from daihoi.counts.keyed_folder import KeyedAct, KeyedGiven
from tests.counts.stand_in import NOW, election_text

NAMES = ("c01", "c02", "c03", "c04")
WHO = {1: "Lò Văn An", 2: "Bàn Thị Bình", 3: "Lục Thị Yến"}
WORDS = {"k": "kept", "x": "struck"}


def paper(number: int, turn: int, marks: str, *, attempt: int = 1, standing: str = "", by: str = "") -> KeyedAct:
    """Somebody keys a paper of the first pile."""
    said = {name: WORDS[mark] for name, mark in zip(NAMES, marks, strict=True)}
    facts = {"pile": 1, "paper": number, "turn": turn, "attempt": attempt, "marks": said, "standing": standing}
    return KeyedAct(PAPER, facts, by or WHO[turn], NOW)


def both(number: int, marks: str, standing: str = "") -> list[KeyedAct]:
    """Two people key it alike."""
    return [paper(number, turn, marks, standing=standing) for turn in (1, 2)]


ELECTION = election_text(collected=5, roll="[roll]\nsummoned = 5\npresent = 5").encode()


def given_by(*acts: KeyedAct, papers: int = 5, election: bytes = ELECTION) -> KeyedGiven:
    """A pile of papers, and what was keyed of it, one act a second."""
    pile = KeyedAct(PILE, {"pile": 1, "papers": papers}, "Lục Thị Yến", NOW)
    timed = tuple(replace(one, at=NOW + timedelta(seconds=at)) for at, one in enumerate((pile, *acts)))
    return KeyedGiven(election, "bch", False, timed)
