"""Counts compared from values: what the command reads from folders and files, a house has at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from daihoi.counts import errors
from daihoi.counts.comparing import crops
from daihoi.counts.comparing.compare import compare, compare_passes
from daihoi.counts.comparing.listing import document
from daihoi.counts.comparing.passes import count_pass, keyed_values, pass_of
from daihoi.counts.comparing.terms import Kind
from daihoi.counts.grounds import grounds_of
from daihoi.counts.page_pictures import Picture
from daihoi.counts.session import open_session
from daihoi.interchange.election_file import load_election
from daihoi.interchange.keyed_file import KeyedBallots, KeyedTotals
from daihoi.interchange.terms import BallotLine
from daihoi.rules.terms import Mark
from tests.counts.comparing_passes import count_of, page
from tests.counts.stand_in import CONTEST, STAND_IN, election_text

PAGES = ("c01", "c02", "c03")
DIGEST = "0" * 64


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Two counts that differ in one mark."""
    first = count_of(tmp_path, [page(one) for one in PAGES])
    return first, count_of(tmp_path, [page(one) for one in ("c01", "c02", "c04")], name="B")


def keyed(*struck: str) -> KeyedBallots:
    """Ballots keyed with one name struck each."""
    marks = [
        {one: Mark.STRUCK if one == name else Mark.KEPT for one in ("c01", "c02", "c03", "c04")} for name in struck
    ]
    return KeyedBallots(
        tuple(BallotLine(f"k{number}", one) for number, one in enumerate(marks, 1)), tuple(range(1, len(marks) + 1))
    )


def test_passes_at_hand_compare_as_folders_do(two: tuple[Path, Path]) -> None:
    from_paths = compare(two)
    from_values = compare_passes([count_pass(label, path) for label, path in zip("AB", two, strict=True)])
    assert document(from_values, {}) == document(from_paths, {})
    assert len(from_values.differences) == 2


def test_session_gives_its_pass_without_reading_anything_again(two: tuple[Path, Path]) -> None:
    root = two[0].parent
    election = next(root.glob("*.toml"))
    with open_session(election, CONTEST, scans=root / "scans-A", out=two[0], scanner=STAND_IN, workers=1) as session:
        settled = session.settle()
        held = pass_of("A", settled.folder, settled.derived, settled.digest)
    again = compare_passes([held, count_pass("B", two[1])])
    assert document(again, {}) == document(compare(two), {})


def test_keyed_ballots_are_compared_with_a_count(two: tuple[Path, Path]) -> None:
    count = count_pass("A", two[0])
    third = keyed_values("B", Path("nhập tay"), keyed("c01", "c03", "c04"), count.grounds, digest=DIGEST)
    comparison = compare_passes([count, third])
    # One paper differs in two names, since the piles are lined up by what stands on the ballots.
    assert [(one.kind, one.candidate) for one in comparison.differences] == [(Kind.MARK, "c02"), (Kind.MARK, "c04")]
    (leaf, other) = comparison.differences[0].paper
    assert leaf is not None
    assert other is not None
    assert (leaf.name, other.name, other.batch) == ("b0002", "k3", "nhập tay")


def test_three_counts_say_what_two_of_them_say(two: tuple[Path, Path]) -> None:
    passes = [count_pass(label, path) for label, path in zip("AB", two, strict=True)]
    third = keyed_values("C", Path("nhập tay"), keyed(*PAGES), passes[0].grounds, digest=DIGEST)
    comparison = compare_passes([*passes, third])
    assert [(one.candidate, one.majority) for one in comparison.differences] == [("c03", "struck"), ("c04", "kept")]
    assert not comparison.agrees


def test_keyed_totals_are_compared_figure_by_figure(two: tuple[Path, Path]) -> None:
    count = count_pass("A", two[0])
    totals = KeyedTotals({"c01": 2, "c02": 2, "c03": 2, "c04": 2}, {})
    comparison = compare_passes([count, keyed_values("B", Path("bảng"), totals, count.grounds, digest=DIGEST)])
    assert [line.name for line in comparison.votes if line.differs] == ["c04"]


def test_counts_of_two_lists_are_not_compared(tmp_path: Path, two: tuple[Path, Path]) -> None:
    other = count_of(tmp_path, [page("c03")], name="C", text=election_text(collected=1, candidates=3, seats=2))
    with pytest.raises(errors.AnotherCount):
        compare_passes([count_pass("A", two[0]), count_pass("B", other)])


def test_keyed_ballots_of_another_list_are_refused() -> None:
    text = election_text(candidates=3, seats=2)
    grounds = grounds_of(load_election(text.encode(), "e.toml"), CONTEST)
    with pytest.raises(Exception, match="rules"):
        keyed_values("A", Path("nhập tay"), keyed("c01"), grounds, digest=DIGEST)


def test_one_picture_is_asked_for_by_number_and_pass(two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        crops.Pictures, "of", lambda _self, leaf, one: Picture("png", f"{leaf.name} {one.number}".encode())
    )
    count = count_pass("A", two[0])
    third = keyed_values("C", Path("nhập tay"), keyed(*PAGES), count.grounds, digest=DIGEST)
    comparison = compare_passes([count, count_pass("B", two[1]), third])
    assert crops.picture_of(comparison, 2, "B") == Picture("png", b"b0003 2")
    assert crops.picture_of(comparison, 2, "C") is None
    assert crops.picture_of(comparison, 1, "Z") is None
