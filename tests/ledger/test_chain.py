"""Entries that hold each other: what a broken, torn or forged ledger looks like."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from daihoi.ledger import canonical, chain
from daihoi.ledger.chain import Entry, entry_after
from daihoi.ledger.errors import BadFactsError, BadHumanError, UnknownEventError

NOW = "2025-05-20T16:40:00+07:00"
OPENED = {
    "contest": "bch",
    "rehearsal": False,
    "election_sha256": "1" * 64,
    "sheet_sha256": "2" * 64,
    "software": "daihoi 0.1.0",
}
DECIDED = {"ballot": "b0001", "candidate": "c01", "reason": "faint", "proposal": "kept", "decision": "kept"}


def three() -> list[Entry]:
    first = entry_after(None, "count.opened", OPENED)
    second = entry_after(first, "decision.made", DECIDED, NOW, "Lò Văn Sơn")
    return [first, second, entry_after(second, "election.replaced", {"election_sha256": "3" * 64})]


def test_first_entry_follows_zeros() -> None:
    first = three()[0]
    assert (first.seq, first.prev) == (0, "0" * 64)


def test_each_entry_holds_the_hash_of_the_one_before() -> None:
    entries = three()
    assert [entry.prev for entry in entries[1:]] == [entry.hash for entry in entries[:-1]]
    assert [entry.seq for entry in entries] == [0, 1, 2]


def test_hash_is_that_of_the_canonical_entry_without_its_hash() -> None:
    for line in chain.dump(three()).splitlines():
        held = json.loads(line)
        written = held.pop("hash")
        body = json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        assert hashlib.sha256(body).hexdigest() == written


def test_hash_of_the_first_entry_never_changes() -> None:
    # A ledger of today must be readable by the programs of any later year.
    assert three()[0].hash == "9f6cd2f8f5c83290ec824eeffae89fc5d01a78a4f0adee12bbca56d8bfced6d3"


def test_machine_events_carry_neither_time_nor_name() -> None:
    lines = chain.dump(three()).splitlines()
    assert b'"at"' not in lines[0]
    assert b'"by"' not in lines[2]
    assert '"by":"Lò Văn Sơn"'.encode() in lines[1]


@pytest.mark.parametrize(
    ("at", "by"), [(None, None), (NOW, None), (None, "A"), (NOW, ""), ("2025-05-20T16:40:00", "A"), ("today", "A")]
)
def test_human_act_needs_time_with_offset_and_name(at: str | None, by: str | None) -> None:
    with pytest.raises(BadHumanError) as caught:
        entry_after(None, "decision.made", DECIDED, at, by)
    assert caught.value.kind == "decision.made"


@pytest.mark.parametrize(("at", "by"), [(NOW, None), (None, "A"), (NOW, "A")])
def test_machine_event_takes_neither_time_nor_name(at: str | None, by: str | None) -> None:
    with pytest.raises(BadHumanError):
        entry_after(None, "count.opened", OPENED, at, by)


def test_undeclared_event_and_fact_are_refused() -> None:
    with pytest.raises(UnknownEventError):
        entry_after(None, "ballot.improved", {})
    with pytest.raises(BadFactsError):
        entry_after(None, "count.opened", OPENED | {"mood": "calm"})


def test_facts_are_kept_in_nfc() -> None:
    entry = entry_after(None, "count.opened", OPENED | {"software": "e\u0301"})
    assert entry.facts["software"] == "é"
    assert chain.parse(chain.dump([entry])).entries == (entry,)


def test_what_is_written_is_read_back() -> None:
    parsed = chain.parse(chain.dump(three()))
    assert parsed == chain.Parsed(tuple(three()))
    assert chain.check(parsed.entries) == ()


def test_empty_ledger_is_sound() -> None:
    assert chain.parse(b"") == chain.Parsed(())
    assert chain.check(()) == ()


@pytest.mark.parametrize("cut", [1, 2, 100])
def test_torn_last_line_is_told_by_its_length(cut: int) -> None:
    data = chain.dump(three())
    last = len(data.splitlines(keepends=True)[-1])
    parsed = chain.parse(data[:-cut])
    assert parsed.entries == tuple(three()[:2])
    assert parsed.torn == last - cut
    assert data[: len(data) - cut - parsed.torn] == chain.dump(three()[:2])


@pytest.mark.parametrize("tail", [b"\n", b"garbage\n", b"\x00\x00\x00\n", b'{"seq":3}\n', b"\x00\x00"])
def test_last_line_that_is_no_entry_is_torn(tail: bytes) -> None:
    data = chain.dump(three())
    assert chain.parse(data + tail) == chain.Parsed(tuple(three()), torn=len(tail))


@pytest.mark.parametrize(
    "bend",
    [
        lambda _: b"garbage",
        lambda _: b"",
        lambda line: line.replace(b'":', b'": '),
        lambda line: line.replace(b'"seq":1', b'"seq":true'),
        lambda line: line.replace(b'"seq":1', b'"seq":1.0'),
        lambda line: line[:-1] + b',"extra":1}',
        lambda line: b"[" + line + b"]",
        lambda _: b"[" * 100_000,
    ],
)
def test_broken_line_in_the_middle_is_a_finding(bend: Callable[[bytes], bytes]) -> None:
    first, second, third = chain.dump(three()).splitlines()
    parsed = chain.parse(b"\n".join([first, bend(second), third, b""]))
    assert parsed.broken == (chain.Finding("ledger.broken_line", 1),)
    assert parsed.torn == 0


def codes(entries: list[Entry]) -> list[tuple[str, int]]:
    return [(finding.code, finding.seq) for finding in chain.check(entries)]


def test_entry_left_out_breaks_sequence_and_chain() -> None:
    first, _, third = three()
    assert codes([first, third]) == [("ledger.out_of_sequence", 1), ("ledger.broken_chain", 1)]


def test_entry_that_was_changed_has_the_wrong_hash() -> None:
    first, second, third = three()
    bent = replace(second, facts={**second.facts, "decision": "struck"})
    assert codes([first, bent, third]) == [("ledger.wrong_hash", 1)]


def test_entry_changed_together_with_its_hash_breaks_the_next() -> None:
    first, second, third = three()
    bent = replace(second, facts={**second.facts, "decision": "struck"})
    bent = replace(bent, hash=chain.hash_of(bent.body))
    assert codes([first, bent, third]) == [("ledger.broken_chain", 2)]


def test_entry_of_an_undeclared_kind_is_a_finding_even_with_the_right_hash() -> None:
    first = three()[0]
    bent = replace(first, kind="count.guessed")
    bent = replace(bent, hash=chain.hash_of(bent.body))
    assert codes([bent]) == [("ledger.unknown_event", 0)]


def test_unsigned_decision_is_a_finding_even_with_the_right_hash() -> None:
    first, second, _ = three()
    bent = replace(second, by=None)
    bent = replace(bent, hash=chain.hash_of(bent.body))
    assert codes([first, bent]) == [("ledger.bad_human", 1)]


def test_line_of_an_entry_is_canonical() -> None:
    for entry in three():
        line = chain.line_of(entry)
        assert canonical.line(json.loads(line)) == line
