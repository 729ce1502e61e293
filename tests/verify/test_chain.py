"""The verifier's own reading of the ledger: every break is named by its line."""

from __future__ import annotations

import json

import pytest

from daihoi.verify.chain import START, read_ledger
from daihoi.verify.errors import MalformedError
from daihoi.verify.node import canonical
from tests.verify import packages
from tests.verify.forging import chained

Lines = list[dict[str, object]]
SOUND: Lines = [json.loads(line) for line in packages.members_of(packages.plain())["ledger.jsonl"].splitlines()]


def written(lines: Lines) -> bytes:
    return b"".join(canonical(line) + b"\n" for line in lines)


def codes(lines: Lines) -> list[tuple[str, str]]:
    return [(finding.code, finding.member) for finding in read_ledger(written(lines)).findings]


def test_sound_ledger_has_no_findings() -> None:
    ledger = read_ledger(written(SOUND))
    assert ledger.findings == ()
    assert len(ledger.events) == len(ledger.hashes) == len(SOUND)
    assert ledger.hashes[-1] == SOUND[-1]["hash"]


def test_empty_ledger_has_no_events() -> None:
    assert read_ledger(b"").events == ()


def test_chaining_anew_changes_nothing_in_a_sound_ledger() -> None:
    assert chained(SOUND) == SOUND
    assert SOUND[0]["prev"] == START


@pytest.mark.parametrize(
    ("place", "change", "found"),
    [
        (0, {"seq": 1}, [("verify.ledger_sequence", 1), ("verify.ledger_hash", 1)]),
        (2, {"prev": "f" * 64}, [("verify.ledger_link", 3), ("verify.ledger_hash", 3)]),
        (2, {"hash": "f" * 64}, [("verify.ledger_hash", 3), ("verify.ledger_link", 4)]),
        (2, {"extra": 1}, [("verify.ledger_hash", 3)]),
        (2, {"kind": "ballot.improved"}, [("verify.ledger_hash", 3), ("verify.ledger_kind", 3)]),
    ],
)
def test_break_is_named_by_its_line(place: int, change: dict[str, object], found: list[tuple[str, int]]) -> None:
    bent = [dict(line) for line in SOUND]
    bent[place] |= change
    assert codes(bent) == [(code, f"ledger.jsonl:{line}") for code, line in found]


def test_line_that_was_left_out_is_seen_where_it_stood() -> None:
    found = codes([*SOUND[:1], *SOUND[2:]])
    assert found[:2] == [("verify.ledger_sequence", "ledger.jsonl:2"), ("verify.ledger_link", "ledger.jsonl:2")]


@pytest.mark.parametrize("key", ["seq", "kind", "facts", "prev", "hash"])
def test_line_without_a_key_is_malformed(key: str) -> None:
    bent = [dict(line) for line in SOUND]
    del bent[1][key]
    with pytest.raises(MalformedError) as caught:
        read_ledger(written(bent))
    assert caught.value.member == "ledger.jsonl"
    assert caught.value.path.startswith("line 2")


@pytest.mark.parametrize("data", [b"x\n", b"{}\n", b"[]\n", written(SOUND)[:-1], written(SOUND) + b"\n"])
def test_what_is_no_ledger_is_malformed(data: bytes) -> None:
    with pytest.raises(MalformedError):
        read_ledger(data)
