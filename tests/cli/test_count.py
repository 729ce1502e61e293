"""`daihoi count` and `decide`: what the people at the table read, what scripts rely on, what is refused."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from daihoi.counts.session import open_session
from daihoi.interchange import review_file
from daihoi.simulation.voters import Habits
from daihoi.words.figures import digest_words
from tests.cli.elections import write
from tests.cli.hall import SMALL, Hall, scan
from tests.cli.terminal import Done, run

DERIVED = ("ballots.jsonl", "refused.jsonl", "review.csv", "result.json", "cvr.json", "record.json")
CARELESS = Habits(mistakes=1.0, defects=0.0, specks=0.0)


def bytes_of(count: Path) -> dict[str, bytes]:
    return {name: (count / name).read_bytes() for name in DERIVED}


def test_count_says_figures_people_and_digest(hall: Hall) -> None:
    done = hall.counted("--workers", "1")
    result = json.loads((hall.count / "result.json").read_bytes())
    digest = hashlib.sha256((hall.count / "record.json").read_bytes()).hexdigest()
    assert done.code == 0
    assert "Ballots read: 6." in done.out
    assert "Base 7, needed 4; issued 6, collected 6" in done.out
    assert f"Digest of the count: {digest_words(digest)}" in done.out
    assert len(result["elected"]) == 2
    assert "Elected 2 of 2:" in done.out


def test_count_again_counts_nothing_twice(hall: Hall) -> None:
    before = bytes_of(hall.count)
    assert hall.counted("--workers", "1").code == 0
    assert bytes_of(hall.count) == before


def test_count_names_pictures_that_it_left_alone_on_stderr(hall: Hall) -> None:
    for name in ("~copy.jpg", ".hidden.png", "Thumbs.db", ".DS_Store"):
        (hall.scans / name).write_bytes(b"")
    done = hall.counted("--workers", "1")
    assert done.code == 0
    assert "Not scans, left alone: .hidden.png, ~copy.jpg." in done.err
    assert "left alone" not in done.out


def test_count_names_scans_of_a_removed_batch_that_it_left_alone(hall: Hall) -> None:
    with open_session(hall.election, "bch", scans=hall.scans, out=hall.count, ready=False) as session:
        session.remove("", by="Lò Văn An", now=datetime(2025, 6, 11, tzinfo=UTC), why="sai khay")
    names = sorted(path.name for path in hall.scans.glob("*.jpg"))
    done = hall.counted("--workers", "1")
    assert done.code == 1
    assert f"Of batches that were removed, left alone: {', '.join(names)}." in done.err


def test_count_of_fewer_scans_than_papers_stops_with_the_difference(hall: Hall, tmp_path: Path) -> None:
    first = sorted(hall.scans.glob("*.jpg"))[0]
    first.unlink()
    done = run("count", hall.election, "--contest", "bch", "--scans", hall.scans, "--out", tmp_path / "new")
    assert done.code == 1
    assert "scanned 5; collected 6; difference -1" in done.err
    assert "No result may be announced" in done.err
    assert "Elected" not in done.out


def test_count_refuses_without_the_form_secret(hall: Hall) -> None:
    (hall.folder / "election.form-secret").unlink()
    done = hall.counted()
    assert (done.code, done.out) == (1, "")
    assert "election.form-secret" in done.err


def test_count_refuses_a_form_secret_that_is_none(hall: Hall) -> None:
    (hall.folder / "election.form-secret").write_text("moon", encoding="utf-8")
    done = hall.counted()
    assert done.code == 1
    assert "election.form-secret" in done.err


def test_count_with_another_secret_refuses_every_page_and_leaves_them_to_the_board(hall: Hall, tmp_path: Path) -> None:
    (hall.folder / "election.form-secret").write_text("ab" * 32, encoding="utf-8")
    out = tmp_path / "new"
    done = run("count", hall.election, "--contest", "bch", "--scans", hall.scans, "--out", out, "--workers", "1")
    assert done.code == 3
    assert "6 page(s)" in done.out
    assert len((out / "refused.jsonl").read_bytes().splitlines()) == 6


def test_count_into_the_folder_of_another_contest_is_refused(hall: Hall) -> None:
    done = run("count", hall.election, "--contest", "bi-thu", "--scans", hall.scans, "--out", hall.count)
    assert (done.code, done.out) == (1, "")
    assert "bch" in done.err
    assert "--out" in done.err


def test_count_into_a_folder_of_other_things_is_refused(hall: Hall, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", encoding="utf-8")
    done = run("count", hall.election, "--contest", "bch", "--scans", hall.scans, "--out", tmp_path / "mine")
    assert done.code == 1
    assert "letter.txt" in done.err
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_count_of_no_folder_is_refused(hall: Hall) -> None:
    done = run("count", hall.election, "--contest", "bch", "--scans", hall.folder / "none", "--out", hall.count)
    assert done.code == 1
    assert "none" in done.err


def test_count_takes_real_ballots_for_no_rehearsal(hall: Hall, tmp_path: Path) -> None:
    out = tmp_path / "new"
    done = run(
        "count", hall.election, "--contest", "bch", "--scans", hall.scans, "--out", out, "--workers", "1", "--rehearsal"
    )
    assert done.code == 3
    assert "a real ballot in a rehearsal" in done.out


def test_count_of_a_changed_ledger_is_refused_by_line(hall: Hall) -> None:
    ledger = hall.count / "ledger.jsonl"
    lines = ledger.read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b"0001", b"0009", 1)
    ledger.write_bytes(b"".join(lines))
    done = hall.counted()
    assert (done.code, done.out) == (1, "")
    assert "ledger.jsonl" in done.err


def test_count_needs_its_options() -> None:
    done = run("count", "election.toml")
    assert done.code == 2


@pytest.fixture
def doubtful(tmp_path: Path) -> Hall:
    """Ballots of voters who all make mistakes: some marks are for the board."""
    hall = Hall(tmp_path)
    write(tmp_path, SMALL)
    scan(hall.election, hall.scans, habits=CARELESS)
    return hall


def answers(hall: Hall, change: Callable[[str, str], str]) -> Path:
    """review.csv with `change(candidate, proposal)` as the decision of each row."""
    path = hall.count / "review.csv"
    rows = review_file.parse(path.read_bytes(), str(path))
    text = ["ballot,candidate,decision", *(f"{r.ballot},{r.candidate},{change(r.candidate, r.proposal)}" for r in rows)]
    out = hall.folder / "answers.csv"
    out.write_text("\n".join(text) + "\n", encoding="utf-8")
    return out


def decide(hall: Hall, review: Path, by: str = "Vàng Thị Mỷ") -> Done:
    return run("decide", hall.count, review, "--by", by)


def as_proposed(_candidate: str, proposal: str) -> str:
    return proposal


def test_count_asks_the_board_and_decide_adopts_its_answers(doubtful: Hall) -> None:
    counted = doubtful.counted("--workers", "1")
    assert counted.code == 3
    assert "The counting board must decide" in counted.out
    assert str(doubtful.count / "review.csv") in counted.out
    for _round in range(3):
        decided = decide(doubtful, answers(doubtful, as_proposed))
    assert decided.code in (0, 1)
    assert "must decide" not in decided.out
    ledger = (doubtful.count / "ledger.jsonl").read_text(encoding="utf-8")
    assert "Vàng Thị Mỷ" in ledger


def test_minutes_and_seal_are_refused_while_the_board_has_not_decided(doubtful: Hall) -> None:
    doubtful.counted("--workers", "1")
    run("keys", "new", "--out", doubtful.key)
    minutes = run("minutes", doubtful.count)
    assert (minutes.code, minutes.out) == (1, "")
    assert "daihoi decide" in minutes.err
    sealed = run("seal", doubtful.count, "--key", doubtful.key, "--out", doubtful.package)
    assert (sealed.code, sealed.out) == (1, "")
    assert not doubtful.package.exists()


def test_decide_refuses_a_word_that_is_no_answer(doubtful: Hall) -> None:
    doubtful.counted("--workers", "1")
    before = (doubtful.count / "ledger.jsonl").read_bytes()
    done = decide(doubtful, answers(doubtful, lambda _candidate, _proposal: "perhaps"))
    assert (done.code, done.out) == (1, "")
    assert "perhaps" in done.err
    assert "row 2" in done.err
    assert (doubtful.count / "ledger.jsonl").read_bytes() == before


WRONG_FILES = [
    pytest.param("ballot,candidate,decision\nb9999,c01,kept\n", "b9999", id="unknown ballot"),
    pytest.param("ballot,candidate,decision\nb0001,c09,kept\n", "c09", id="unknown candidate"),
    pytest.param("ballot,candidate,decision\nb0001,c01,kept\nb0001,c01,struck\n", "b0001", id="two answers"),
    pytest.param("what,is,this\n1,2,3\n", "ballot", id="no such columns"),
    pytest.param("", "review", id="empty"),
]


@pytest.mark.parametrize(("text", "named"), WRONG_FILES)
def test_decide_refuses_a_review_file_that_is_none_of_this_count(hall: Hall, text: str, named: str) -> None:
    path = hall.folder / "review.csv"
    path.write_text(text, encoding="utf-8")
    before = (hall.count / "ledger.jsonl").read_bytes()
    done = decide(hall, path)
    assert (done.code, done.out) == (1, "")
    assert named in done.err
    assert (hall.count / "ledger.jsonl").read_bytes() == before


def test_decide_wants_a_name(hall: Hall) -> None:
    done = decide(hall, hall.count / "review.csv", by="  ")
    assert done.code == 1
    assert "--by" in done.err
    assert run("decide", hall.count, hall.count / "review.csv").code == 2


@pytest.mark.parametrize("command", ["decide", "minutes", "seal"])
def test_folder_without_a_count_is_refused(hall: Hall, tmp_path: Path, command: str) -> None:
    rest = {
        "decide": [hall.count / "review.csv", "--by", "x"],
        "minutes": [],
        "seal": ["--key", hall.key, "--out", tmp_path / "p.zip"],
    }[command]
    done = run(command, tmp_path, *rest)
    assert (done.code, done.out) == (1, "")
    assert "holds no count" in done.err
