"""The ledger of a package: every line hashed anew, every link followed. Written apart from the ledger's own check."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from daihoi.verify.node import Node, canonical, parse_lines
from daihoi.verify.terms import LEDGER, Finding

START = "0" * 64

SAMPLE = frozenset({"sample.drawn", "sample.read", "sample.discarded"})
AFTER_RECORD = frozenset({"minutes.written", "minutes.signed", "package.sealed", *SAMPLE})
KEYED = frozenset({"pile.counted", "paper.keyed", "pile.removed"})
HUMAN = frozenset({"decision.made", "decision.withdrawn", "batch.removed", *KEYED, *AFTER_RECORD})
MACHINE = frozenset(
    {
        *("count.opened", "election.replaced", "backs.ordered", "readers.named"),
        *("keyed.begun", "image.taken", "page.read", "page.refused", "batch.begun"),
    }
)
"""docs/dev/ledger.md declares each event; a test holds these to it."""


@dataclass(frozen=True)
class Event:
    """One entry, its links checked: what happened and with what facts."""

    number: int
    kind: str
    facts: Node
    by: str = ""
    """Who did it; empty for what a machine did."""


@dataclass(frozen=True)
class Ledger:
    """The events, the hash after each, and what is wrong with the chain."""

    events: tuple[Event, ...]
    hashes: tuple[str, ...]
    findings: tuple[Finding, ...]


def read_ledger(data: bytes) -> Ledger:
    """The ledger in these bytes; raises MalformedError for a line that is no entry at all."""
    events: list[Event] = []
    hashes: list[str] = []
    found: list[Finding] = []
    prev = START
    for number, line in enumerate(parse_lines(data, LEDGER)):
        found += _link(line, number, prev)
        found += _kind(line, number)
        # The next link is held to what stands here, right or wrong: each forged line is told once.
        prev = line["hash"].sha256()
        hashes.append(prev)
        events.append(Event(number, line["kind"].text(), line["facts"], line.get("by", "").text()))
    return Ledger(tuple(events), tuple(hashes), tuple(found))


def _link(line: Node, number: int, prev: str) -> list[Finding]:
    found: list[Finding] = []
    if (seq := line["seq"].whole()) != number:
        found.append(_finding("verify.ledger_sequence", number, str(number), str(seq)))
    if (link := line["prev"].sha256()) != prev:
        found.append(_finding("verify.ledger_link", number, prev, link))
    held = line.value
    body = {key: value for key, value in held.items() if key != "hash"} if isinstance(held, Mapping) else {}
    right = hashlib.sha256(canonical(body)).hexdigest()
    if (written := line["hash"].sha256()) != right:
        found.append(_finding("verify.ledger_hash", number, right, written))
    return found


def _kind(line: Node, number: int) -> list[Finding]:
    kind = line["kind"].text()
    if kind not in HUMAN | MACHINE:
        return [_finding("verify.ledger_kind", number, "a declared event", kind)]
    signed = all(key in line and line[key].text() for key in ("at", "by"))
    if kind in HUMAN and not signed:
        return [_finding("verify.ledger_human", number, "time and name", kind)]
    if kind in MACHINE and ("at" in line or "by" in line):
        return [_finding("verify.ledger_human", number, "neither time nor name", kind)]
    return []


def _finding(code: str, number: int, expected: str, found: str) -> Finding:
    return Finding(code, f"{LEDGER}:{number + 1}", expected, found)
