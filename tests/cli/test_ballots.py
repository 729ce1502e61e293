"""`daihoi ballots`: three files, one secret, and lists that break the regulation refused with clause and figures."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from tests.cli.elections import write
from tests.cli.terminal import run


def pages(path: Path) -> int:
    document = pdfium.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def test_ballots_writes_one_sheet_all_copies_and_the_places(tmp_path: Path) -> None:
    election = write(tmp_path)
    done = run("ballots", election, "--contest", "bch", "--out", tmp_path / "paper")
    assert done.code == 0
    assert sorted(path.name for path in (tmp_path / "paper").iterdir()) == ["ballots.pdf", "blank.pdf", "sheet.json"]
    assert (pages(tmp_path / "paper" / "blank.pdf"), pages(tmp_path / "paper" / "ballots.pdf")) == (1, 12)
    sheet = json.loads((tmp_path / "paper" / "sheet.json").read_text(encoding="utf-8"))
    assert sheet["page_mm"] == [210, 297]
    assert [target["candidate"] for target in sheet["pages"][0]["targets"]] == ["c01", "c02", "c03"]


def test_ballots_prints_as_many_copies_as_are_asked_for(tmp_path: Path) -> None:
    run("ballots", write(tmp_path), "--contest", "bch", "--out", tmp_path / "paper", "--copies", "3")
    assert pages(tmp_path / "paper" / "ballots.pdf") == 3


def test_ballots_prints_one_when_no_figure_is_given(tmp_path: Path) -> None:
    election = write(tmp_path, ("printed = 12\nissued = 6\ncollected = 6\nunused = 6\n", "issued = 6\n"))
    run("ballots", election, "--contest", "bi-thu", "--out", tmp_path / "paper")
    assert pages(tmp_path / "paper" / "ballots.pdf") == 1


def test_ballots_keeps_the_secret_between_runs(tmp_path: Path) -> None:
    election = write(tmp_path)
    run("ballots", election, "--contest", "bch", "--out", tmp_path / "one")
    secret = (tmp_path / "election.form-secret").read_bytes()
    run("ballots", election, "--contest", "bch", "--out", tmp_path / "two")
    assert (tmp_path / "election.form-secret").read_bytes() == secret
    assert (tmp_path / "one" / "blank.pdf").read_bytes() == (tmp_path / "two" / "blank.pdf").read_bytes()


def test_ballots_of_a_rehearsal_differ(tmp_path: Path) -> None:
    election = write(tmp_path)
    run("ballots", election, "--contest", "bch", "--out", tmp_path / "real")
    run("ballots", election, "--contest", "bch", "--out", tmp_path / "rehearsal", "--rehearsal")
    assert (tmp_path / "real" / "blank.pdf").read_bytes() != (tmp_path / "rehearsal" / "blank.pdf").read_bytes()


def test_ballots_warns_on_stderr_and_goes_on(tmp_path: Path) -> None:
    election = write(tmp_path, ('name = "Lý Thị Bình"', 'name = "Lý Thị Yến"'))
    done = run("ballots", election, "--contest", "bch", "--out", tmp_path / "paper")
    assert done.code == 0
    assert "Warning:" in done.err
    assert "Lý Thị Yến" in done.err
    assert "Warning:" not in done.out


REFUSED = [
    pytest.param(("seats = 2", "seats = 3"), "190-QĐ/TW Đ14", "3 candidates for 3 seats", id="no surplus"),
    pytest.param(("seats = 2", "seats = 1"), "190-QĐ/TW Đ14", "surplus of 2", id="surplus too large"),
    pytest.param(('name = "Vàng Thị Mỷ"', 'name = "Lý Thị Bình"'), "190-QĐ/TW Đ8", "Lý Thị Bình", id="on the board"),
    pytest.param(("summoned = 12\npresent = 11", "summoned = 2\npresent = 1"), "Đ24", "2 official", id="branch of two"),
]


@pytest.mark.parametrize("command", ["ballots", "simulate", "count", "tally"])
@pytest.mark.parametrize(("change", "clause", "figures"), REFUSED)
def test_list_that_breaks_the_regulation_is_refused_by_every_command_alike(
    tmp_path: Path, command: str, change: tuple[str, str], clause: str, figures: str
) -> None:
    election = write(tmp_path, change)
    (tmp_path / "b.jsonl").write_bytes(b"")
    rest = {
        "ballots": ["--out", tmp_path / "out"],
        "simulate": ["--ballots", "2", "--seed", "1", "--out", tmp_path / "out"],
        "count": ["--scans", tmp_path, "--out", tmp_path / "out"],
        "tally": ["--ballots", tmp_path / "b.jsonl"],
    }[command]
    done = run(command, election, "--contest", "bch", *rest)
    assert (done.code, done.out) == (1, "")
    assert clause in done.err
    assert figures in done.err
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "election.form-secret").exists()


def test_override_lets_the_list_stand_and_is_told(tmp_path: Path) -> None:
    override = '\n[[overrides]]\ncheck = "surplus_within_limit"\nby = "Đảng ủy xã"\nreason = "sáp nhập"\n'
    override += 'document = "12-QĐ/ĐU"\n'
    election = write(tmp_path, ("seats = 2", "seats = 1"), ("\n[minutes]", f"{override}\n[minutes]"))
    done = run("ballots", election, "--contest", "bch", "--out", tmp_path / "out")
    assert done.code == 0
    assert "Đảng ủy xã" in done.err


GIVEN_WRONG = [
    pytest.param(("[congress]", '[congress]\nmotto = "x"'), "congress.motto", id="unknown key"),
    pytest.param(("opens = 2025-05-10", "opens = 2014-06-08"), "08/06/2014", id="before the first edition"),
    pytest.param(
        ('ground = "temporarily_elsewhere"', 'ground = "on_leave_throughout"'), "members", id="ground of another form"
    ),
    pytest.param(('form = "members"', 'form = "circle"'), "circle", id="unknown form"),
    pytest.param(("seats = 2", "seats = -2"), "seats", id="negative"),
    pytest.param(("seats = 2", "seats = two"), "line", id="no TOML"),
    pytest.param(('id = "c02"', 'id = "c01"'), "c01", id="id twice"),
    pytest.param(("[minutes]", "[rules]\nmoon = 1\n\n[minutes]"), "moon", id="unknown setting"),
]


@pytest.mark.parametrize(("change", "named"), GIVEN_WRONG)
def test_wrong_election_file_is_named_in_one_sentence(tmp_path: Path, change: tuple[str, str], named: str) -> None:
    done = run("ballots", write(tmp_path, change), "--contest", "bch", "--out", tmp_path / "out")
    assert (done.code, done.out) == (1, "")
    assert named in done.err
    assert len(done.err.splitlines()) == 1


def test_unknown_contest_is_answered_with_those_that_there_are(tmp_path: Path) -> None:
    done = run("ballots", write(tmp_path), "--contest", "bcc", "--out", tmp_path / "out")
    assert done.code == 1
    assert "bch, bi-thu" in done.err


def test_missing_election_file_is_named(tmp_path: Path) -> None:
    done = run("ballots", tmp_path / "nowhere.toml", "--contest", "bch", "--out", tmp_path / "out")
    assert done.code == 1
    assert "nowhere.toml" in done.err


@pytest.mark.parametrize("copies", ["0", "-1", "many"])
def test_copies_that_cannot_be_are_wrong_usage(tmp_path: Path, copies: str) -> None:
    done = run("ballots", write(tmp_path), "--contest", "bch", "--out", tmp_path / "out", "--copies", copies)
    assert done.code == 2
    assert "--copies" in done.err


def test_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    done = run("ballots", write(tmp_path), "--contest", "bch", "--out", tmp_path / "out")
    assert done.code == 1
    assert "out" in done.err
