"""Who read a page stands in the ledger before it, in the record and the minutes; the verifier holds them to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import ClassVar

import pytest

from daihoi.counts import reader_names
from daihoi.counts.count import count
from daihoi.counts.facts import minutes_facts
from daihoi.counts.learned_reader import LearnedScanReader
from daihoi.counts.photo_reader import PhotoReader
from daihoi.counts.reader_names import named
from daihoi.counts.scan_reader import Scanner, ScanReader
from daihoi.papers.minutes.annexes import decisions_annex
from daihoi.verify.chain import read_ledger
from daihoi.verify.record import check_history, read_record
from daihoi.verify.sheets import history_of
from tests.counts.believer import Believer
from tests.counts.stand_in import CONTEST, always_same, ballot, election_text, events_of, write_election
from tests.counts.stand_in import write_scans as scans_of


class Named(Believer):
    """A stand-in that says which readers it is."""

    readers: ClassVar[tuple[str, ...]] = ("first", "second")
    source: ClassVar[str] = "phone"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A count of two ballots, read by `Named`."""
    return counted(tmp_path, {"1.jpg": ballot(1), "2.jpg": ballot(2)})


def counted(where: Path, pages: dict[str, bytes]) -> Path:
    election = write_election(where, election_text(collected=2))
    scanner = Scanner(Named, always_same)
    count(election, CONTEST, scans=scans_of(where / "scans", pages), out=where / "COUNT", workers=1, scanner=scanner)
    return where / "COUNT"


def test_both_readers_are_named_each_by_its_own_source() -> None:
    facts = named(ScanReader)
    assert facts is not None
    first, second = facts["readers"]  # type: ignore[misc]  # a list of two
    assert (first["reader"], second["reader"], facts["source"]) == ("first", "second", "scanner")
    assert first["sha256"] != second["sha256"]
    assert (named(PhotoReader) or {})["source"] == "phone"
    assert [one["reader"] for one in (named(LearnedScanReader) or {})["readers"]] == ["first", "learned"]  # type: ignore[attr-defined]


def test_digest_is_of_the_reader_and_of_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_names.daihoi, "__file__", str(tmp_path / "__init__.py"))
    (tmp_path / "reading" / "second").mkdir(parents=True)

    def digests(ours: bytes, theirs: bytes) -> tuple[str, str]:
        (tmp_path / "reading" / "a.py").write_bytes(ours)
        (tmp_path / "reading" / "second" / "b.py").write_bytes(theirs)
        reader_names.digest_of_reader.cache_clear()
        return reader_names.digest_of_reader("first"), reader_names.digest_of_reader("second")

    one, other, ends, changed = (
        digests(b"1\n", b"2\n"),
        digests(b"1\n", b"3\n"),
        digests(b"1\r\n", b"2\r\n"),
        digests(b"9\n", b"2\n"),
    )
    reader_names.digest_of_reader.cache_clear()

    assert one[0] == other[0]
    assert one[1] != other[1]
    assert ends == one
    assert (changed[0] != one[0], changed[1]) == (True, one[1])


def test_readers_are_named_once_before_the_first_page(folder: Path) -> None:
    kinds = [entry.kind for entry in events_of(folder)]
    assert kinds == ["count.opened", "image.taken", "readers.named", "page.read", "image.taken", "page.read"]

    before = (folder / "record.json").read_bytes()
    counted(folder.parent, {})

    assert (folder / "record.json").read_bytes() == before


def test_other_readers_are_named_when_they_read_a_page_and_not_before(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (folder / "record.json").read_bytes()
    monkeypatch.setattr(Named, "source", "scanner")
    counted(folder.parent, {})
    assert (folder / "record.json").read_bytes() == before

    counted(folder.parent, {"3.jpg": ballot(3)})

    said = [entry.facts["source"] for entry in events_of(folder) if entry.kind == "readers.named"]
    assert said == ["phone", "scanner"]
    assert [one["source"] for one in json.loads((folder / "record.json").read_bytes())["readers"]] == said


def test_verifier_holds_the_record_to_the_readers_of_the_ledger(folder: Path) -> None:
    data = (folder / "record.json").read_bytes()
    history = history_of(read_ledger((folder / "ledger.jsonl").read_bytes()).events)
    assert check_history(read_record(data), history) == []

    bent = data.replace(b'"source":"phone"', b'"source":"scanner"')

    assert [found.member for found in check_history(read_record(bent), history)] == ["record.json readers"]


def test_minutes_name_the_readers_and_what_took_the_pictures(folder: Path) -> None:
    words = [getattr(block, "text", "") for block in decisions_annex(minutes_facts(folder))]
    line = next(str(text) for text in words if "bộ đọc thứ nhất" in str(text))
    assert "điện thoại" in line
    assert reader_names.digest_of_reader("second")[:16] in line
