"""How an act of people at the house is declared: its kind, what it means, and what its entry holds.

Facts hold codes, keys and figures, never what personnel papers say of somebody.
"""

from __future__ import annotations

from daihoi.ledger.events import EventTerm, Fact, FactKind

SUBJECT = Fact(FactKind.TEXT, "what was acted on: kind:key")
PLACE = Fact(FactKind.TEXT, "key of the organisation or congress whose act it is", optional=True)


def text(meaning: str, *, optional: bool = False) -> Fact:
    """A fact of text."""
    return Fact(FactKind.TEXT, meaning, optional)


def number(meaning: str, *, optional: bool = False) -> Fact:
    """A whole number."""
    return Fact(FactKind.INTEGER, meaning, optional)


def act(kind: str, meaning: str, **facts: Fact) -> EventTerm:
    """An act of a person: who and when always stand with it, its subject, and whose act it is where that is not it."""
    return EventTerm(kind, meaning, {"subject": SUBJECT, "place": PLACE, **facts}, human=True, counts=False)


FIELDS = Fact(FactKind.LIST, "names of the fields that changed")
DIGEST = Fact(FactKind.DIGEST, "of the file, byte for byte")
