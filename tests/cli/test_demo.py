"""`daihoi demo` on an election of three names: every step, the list of what to open, and whose folder it may clear."""

from __future__ import annotations

from pathlib import Path

import pytest

from daihoi.cli import demo
from daihoi.interchange.terms import ReviewRow
from daihoi.rules.terms import InvalidGround, Mark
from tests.cli.elections import TINY
from tests.cli.hall import SMALL
from tests.cli.terminal import run


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo with a tiny election, so that it ends in seconds."""
    monkeypatch.setattr(demo, "election_of_the_demo", lambda: TINY.replace(*SMALL).encode())
    # Filled and looked into by tests/web/site/test_demo.py.
    monkeypatch.setattr(demo, "fill_house", lambda data: data.mkdir())


@pytest.mark.usefixtures("small")
def test_demo_goes_from_the_list_to_the_verified_package(tmp_path: Path) -> None:
    out = tmp_path / "demo"
    done = run("demo", "--out", out)
    assert done.code == 0
    assert done.out.count("The package is sound.") == 2
    assert "Only integrity" not in done.out
    for name in (
        "ballots/blank.pdf",
        "scans/truth.json",
        "count/review.csv",
        "count/bien-ban-kiem-phieu.pdf",
        "package.zip",
    ):
        assert (out / "bch" / name).is_file()
        assert (out / "bi-thu" / name).is_file()
    opened, entered = done.out.split("Open:")[1].split("The house in the browser")
    opened = opened.splitlines()
    assert f"serve --data {out / 'house'}" in entered
    paths = [Path(line.split("  ")[1]) for line in opened if line.startswith("  ")]
    assert len(paths) == 6
    assert all(path.exists() for path in paths)


def test_demo_refuses_a_folder_that_it_did_not_make(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    done = run("demo", "--out", tmp_path)
    assert (done.code, done.out) == (1, "")
    assert str(tmp_path) in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_clear_takes_away_what_the_demo_made_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "demo"
    demo.clear(out)
    (out / "bch" / "scans").mkdir(parents=True)
    (out / "bch" / "scans" / "0001.jpg").write_bytes(b"x")
    (out / "key.pem").write_bytes(b"x")
    (out / "my-notes.txt").write_text("mine", encoding="utf-8")
    demo.clear(out)
    assert sorted(path.name for path in out.iterdir()) == [".daihoi-demo", "my-notes.txt"]


def test_clear_follows_no_path_out_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("mine", encoding="utf-8")
    out = tmp_path / "demo"
    demo.clear(out)
    (out / demo.MADE_HERE).write_text("../precious.txt\n..\n", encoding="utf-8")
    demo.clear(out)
    assert (tmp_path / "precious.txt").read_text(encoding="utf-8") == "mine"


def test_demo_into_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = run("demo", "--out", tmp_path / "file")
    assert done.code == 1
    assert "not a folder" in done.err


MEANT = demo.Meant({"c01": Mark.STRUCK, "c02": Mark.KEPT}, [InvalidGround.SIGNED_OR_EXTRA_TEXT])
TRUTH = {"0001.jpg": MEANT, "0002.jpg": demo.Meant({"c01": Mark.KEPT}, [])}
FRONTS = {"b0001": "0001.jpg", "b0002": "0002.jpg"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (ReviewRow("b0001", "c01", "faint", "kept"), "struck"),
        (ReviewRow("b0001", "", "SIGNED_OR_EXTRA_TEXT", "SIGNED_OR_EXTRA_TEXT"), "SIGNED_OR_EXTRA_TEXT"),
        (ReviewRow("b0002", "", "DISTINGUISHING_MARK", "DISTINGUISHING_MARK"), "valid"),
        (ReviewRow("page:0001.jpg#0", "", "blank_page", "rescanned"), 'keyed:{"c01":"struck","c02":"kept"}'),
        (ReviewRow("page:strange.jpg#0", "", "blank_page", "not_a_ballot"), "not_a_ballot"),
    ],
)
def test_true_answer_is_what_the_voter_meant(row: ReviewRow, said: str) -> None:
    assert demo.true_answer(row, FRONTS, TRUTH) == said


def test_election_of_the_demo_is_the_invented_district() -> None:
    text = demo.election_of_the_demo().decode()
    assert "Nà Lương" in text
    assert "Thanh Giang" in text
    assert text.count('name = "Nguyễn Văn Hùng"') >= 2
