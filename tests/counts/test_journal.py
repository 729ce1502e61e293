"""The ledger on disk: appended in groups, cut where the writer was killed, refused where somebody changed it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from daihoi.counts import journal as journals
from daihoi.counts.errors import DiskFull, LedgerBroken
from daihoi.counts.journal import Journal
from daihoi.ledger import chain

FACTS = {"election_sha256": "a" * 64}
KIND = "election.replaced"


def _journal(path: Path, entries: int) -> Journal:
    journal = Journal(path)
    for _ in range(entries):
        journal.append(KIND, FACTS)
    journal.sync()
    return journal


def test_journal_without_a_file_is_empty(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "l")

    assert journal.entries == ()
    assert journal.last is None


def test_append_is_on_disk_only_after_sync(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "l")
    journal.append(KIND, FACTS)
    assert not (tmp_path / "l").exists()

    journal.sync()

    assert chain.parse((tmp_path / "l").read_bytes()).entries == journal.entries


def test_names_that_are_written_otherwise_elsewhere_stand_in_canonical_form(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "l")
    words = {"ballot": 'page:Tho\u0302n "3"\n.jpg#0', "candidate": "", "reason": "x", "proposal": "é"}
    by = unicodedata.normalize("NFD", "Nguyễn Thị Ơn")
    journal.append("decision.made", {**words, "decision": "keyed \u2028"}, at="2026-11-22T08:00:00+07:00", by=by)
    journal.sync()

    assert (tmp_path / "l").read_bytes() == chain.dump(journal.entries)
    assert Journal(tmp_path / "l").entries == journal.entries
    assert journal.entries[0].by == "Nguyễn Thị Ơn"


def test_sync_without_news_touches_nothing(tmp_path: Path) -> None:
    Journal(tmp_path / "l").sync()

    assert not (tmp_path / "l").exists()


def test_journal_goes_on_where_it_ended(tmp_path: Path) -> None:
    _journal(tmp_path / "l", 2)

    journal = _journal(tmp_path / "l", 1)

    assert [entry.seq for entry in journal.entries] == [0, 1, 2]
    assert chain.check(Journal(tmp_path / "l").entries) == ()


@pytest.mark.parametrize("torn", [b"{", b'{"facts":', b"\x00\xff", b"not an entry\n"])
def test_torn_line_is_cut_off_when_the_next_group_is_written(tmp_path: Path, torn: bytes) -> None:
    path = tmp_path / "l"
    _journal(path, 2)
    with path.open("ab") as file:
        file.write(torn)

    journal = _journal(path, 1)

    assert path.read_bytes() == chain.dump(journal.entries)


def test_mend_cuts_a_torn_line_without_writing_anything_else(tmp_path: Path) -> None:
    path = tmp_path / "l"
    _journal(path, 2)
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"torn')

    Journal(path).mend()

    assert path.read_bytes() == whole


def test_mend_of_a_sound_ledger_leaves_it(tmp_path: Path) -> None:
    path = tmp_path / "l"
    _journal(path, 2)
    before = path.stat().st_mtime_ns

    Journal(path).mend()

    assert path.stat().st_mtime_ns == before


@pytest.mark.parametrize("line", [1, 2])
def test_changed_line_is_refused_by_its_number(tmp_path: Path, line: int) -> None:
    path = tmp_path / "l"
    _journal(path, 3)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[line - 1] = lines[line - 1].replace(b"aaaa", b"bbbb")
    path.write_bytes(b"".join(lines))

    with pytest.raises(LedgerBroken) as refusal:
        Journal(path)

    assert refusal.value.fields["line"] == line


def test_removed_line_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "l"
    _journal(path, 3)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[2])

    with pytest.raises(LedgerBroken):
        Journal(path)


def test_full_disk_keeps_the_ledger_before_the_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "l"
    journal = _journal(path, 2)
    journal.append(KIND, FACTS)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(journals.os, "fsync", full)
        with pytest.raises(DiskFull):
            journal.sync()
    journal.sync()

    assert path.read_bytes() == chain.dump(journal.entries)
    assert len(Journal(path).entries) == 3
