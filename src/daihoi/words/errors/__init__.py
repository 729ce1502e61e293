"""The sentence for an error of any room: its code's English msgid, translated, with the error's own fields put in."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Protocol, runtime_checkable

from daihoi.interchange.decisions import VIETNAMESE_OF
from daihoi.interchange.terms import CheckLine
from daihoi.rules.lists import ListFinding
from daihoi.words.errors import (
    cli,
    counts,
    handover,
    interchange,
    learning,
    ledger,
    minutes,
    papers,
    rules,
    sheet,
    signed,
    simulation,
    verify,
    web,
)
from daihoi.words.errors.findings import list_finding, reconciliation_check
from daihoi.words.errors.phrases import PHRASES
from daihoi.words.figures import date_words, moment_words
from daihoi.words.language import N_, _, spoken
from daihoi.words.shown import shown as shown_text

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ANSWERED = frozenset({"interchange.bad_decision", "interchange.keyed_answer", "counts.wrong_answer"})
"""Refusals that list the words of an answer."""
WITHOUT_SENTENCE = N_("The work stopped ({code}): {fields}")


@runtime_checkable
class Coded(Protocol):
    """What every error of a room carries: a code, and its data by name."""

    code: str
    fields: dict[str, object]


FAMILIES = (
    *(cli, counts, handover, interchange, learning, ledger, minutes),
    *(papers, rules, sheet, signed, simulation, verify, web),
)
"""Every family of errors; by name and not by looking into the folder, so that it works from a zip too."""


@cache
def sentences() -> Mapping[str, str]:
    """Code to English msgid, of all families."""
    return {code: msgid for family in FAMILIES for code, msgid in family.SENTENCES.items()}


def sentence(error: Coded) -> str:
    """What happened and what to do next, in the language of this process; never raises."""
    return sentence_of(error.code, error.fields)


def sentence_of(code: str, fields: Mapping[str, object]) -> str:
    """The sentence of a code with its data; codes of findings have theirs beside those of errors."""
    shown = {name: _shown(value) for name, value in fields.items()}
    if code in _ANSWERED:
        shown |= {name: _answers(str(shown[name])) for name in ("allowed", "expected") if name in shown}
    template = sentences().get(code)
    if template is not None:
        try:
            return _(template).format(**shown)
        except (KeyError, IndexError, ValueError):
            # A wrong place in a translation must not hide the refusal itself: fall through to the bare facts.
            pass
    facts = ", ".join(f"{name}: {value}" for name, value in shown.items())
    return _(WITHOUT_SENTENCE).format(code=code, fields=facts)


def _answers(joined: str) -> str:
    """Words for an answer as people type them here, each with the code that a file may hold in its place."""
    if spoken() != "vi":
        return joined
    words = joined.split(", ")
    return ", ".join(f"{VIETNAMESE_OF[word]} ({word})" if word in VIETNAMESE_OF else word for word in words)


def _shown(value: object) -> object:
    """Dates as dd/mm/yyyy, enums as the word a file spells, lists as words with commas; the rest as it is."""
    if isinstance(value, datetime):
        return moment_words(value)
    if isinstance(value, date):
        return date_words(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, ListFinding):
        return list_finding(value)
    if isinstance(value, CheckLine):
        return reconciliation_check(value.check, value.detail)
    if isinstance(value, (list, tuple, set, frozenset)):
        shown = list(_listed(value))
        # Findings hold commas themselves.
        return ("; " if any(isinstance(one, (ListFinding, CheckLine)) for one in value) else ", ").join(shown)
    return value


def _text(value: str) -> str:
    """A phrase of ours in the language of the process, a date of the calendar as dd/mm/yyyy, else as it is."""
    if value in PHRASES:
        return _(value)
    if _ISO_DATE.fullmatch(value):
        with contextlib.suppress(ValueError):
            return date_words(date.fromisoformat(value))
    # A file or a cell may hold what turns the line about, clears the screen or begins another line.
    return shown_text(value)


def _listed(values: list[object] | tuple[object, ...] | set[object] | frozenset[object]) -> Iterator[str]:
    ordered = sorted(values, key=str) if isinstance(values, (set, frozenset)) else values
    for value in ordered:
        yield str(_shown(value))
