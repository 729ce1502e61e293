"""Counts compared as folders: what is refused, how counts stand side by side, keyed files in the place of one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from daihoi.counts.comparing.compare import compare
from daihoi.counts.comparing.terms import Comparison, Kind, PassKind
from daihoi.counts.errors import AnotherCount, CountUnfinished, NoCountGiven, NotACount
from daihoi.interchange.errors import InterchangeError
from tests.counts.comparing_passes import count_of, page
from tests.counts.stand_in import answer, election_text, outputs_of, refused, run, write_scans

SIX = [page("c01"), page("c02"), page("c03"), page("c04"), page("c01", "c02"), page("c03", "c04")]


def told(comparison: Comparison) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.kind.value, one.candidate, one.values) for one in comparison.differences]


def differing(comparison: Comparison) -> dict[str, tuple[int | None, ...]]:
    return {line.name: line.figures for line in (*comparison.votes, *comparison.figures) if line.differs}


def test_the_same_papers_scanned_twice_agree(tmp_path: Path) -> None:
    first, second = count_of(tmp_path, SIX), count_of(tmp_path, SIX, name="B")
    comparison = compare([first, second])
    assert comparison.agrees
    assert (len(comparison.papers), comparison.orders, comparison.same_scans) == (6, ("same",), 0)


def test_another_order_is_no_difference_and_is_told(tmp_path: Path) -> None:
    first, second = count_of(tmp_path, SIX), count_of(tmp_path, SIX[::-1], name="B")
    comparison = compare([first, second])
    assert (comparison.agrees, comparison.orders) == (True, ("reversed",))


def test_comparing_alters_nothing(tmp_path: Path) -> None:
    first, second = count_of(tmp_path, SIX), count_of(tmp_path, SIX[1:], name="B")
    before = outputs_of(first), outputs_of(second)
    compare([first, second])
    assert (outputs_of(first), outputs_of(second)) == before


def test_a_mark_that_differs_is_found_with_its_votes(tmp_path: Path) -> None:
    other = [*SIX[:2], page("c03", "c01"), *SIX[3:]]
    comparison = compare([count_of(tmp_path, SIX), count_of(tmp_path, other, name="B")])
    assert told(comparison) == [("mark", "c01", ("kept", "struck"))]
    assert differing(comparison) == {"c01": (4, 3)}
    assert not comparison.agrees


def test_a_page_fewer_is_found_with_its_file_and_place(tmp_path: Path) -> None:
    comparison = compare([count_of(tmp_path, SIX), count_of(tmp_path, [*SIX[:2], *SIX[3:]], name="B")])
    (difference,) = comparison.differences
    (leaf, nothing) = difference.paper
    assert nothing is None
    assert leaf is not None
    assert (difference.kind, leaf.place, leaf.pages[0].file) == (Kind.MISSING, 3, "0003.jpg")
    assert differing(comparison)["ballots"] == (6, 5)


def test_batches_count_their_own_sheets(tmp_path: Path) -> None:
    named = {f"{'p1' if k < 4 else 'p2'}/{k}.jpg": one for k, one in enumerate(SIX, 1)}
    comparison = compare([count_of(tmp_path, named), count_of(tmp_path, SIX, name="B")])
    leaves = [paper[0] for paper in comparison.papers]
    assert [(leaf.batch, leaf.in_batch, leaf.place) for leaf in leaves if leaf] == [
        ("p1", 1, 1),
        ("p1", 2, 2),
        ("p1", 3, 3),
        ("p2", 1, 4),
        ("p2", 2, 5),
        ("p2", 3, 6),
    ]


def test_a_refused_page_stands_beside_the_page_that_was_read(tmp_path: Path) -> None:
    other = [*SIX[:2], refused(), *SIX[3:]]
    comparison = compare([count_of(tmp_path, SIX), count_of(tmp_path, other, name="B")])
    assert told(comparison) == [("not_read", "", ("valid", "not_read"))]
    leaf = comparison.differences[0].paper[1]
    assert leaf is not None
    assert leaf.reasons == {"": "corners_not_found"}
    assert [one.totals.open for one in comparison.passes] == [0, 1]


def test_a_doubt_stands_beside_a_mark_until_the_board_decides(tmp_path: Path) -> None:
    doubtful = [page("c01", doubt={"c02": "kept"}), *SIX[1:]]
    first, second = count_of(tmp_path, SIX), count_of(tmp_path, doubtful, name="B")
    comparison = compare([first, second])
    assert told(comparison) == [("mark", "c02", ("kept", "doubtful"))]
    leaf = comparison.differences[0].paper[1]
    assert leaf is not None
    assert leaf.reasons["c02"] == "faint+underline"
    answer(second, {("b0001", "c02"): "kept"})
    assert compare([first, second]).agrees


def test_doubts_alike_in_both_are_open_and_no_difference(tmp_path: Path) -> None:
    doubtful = [page("c01", doubt={"c02": "kept"}), *SIX[1:]]
    comparison = compare([count_of(tmp_path, doubtful), count_of(tmp_path, doubtful, name="B")])
    assert comparison.agrees
    # The mark; the ballot waits for nothing else.
    assert comparison.open_alike == 1


def test_a_sheet_that_the_board_took_out_is_not_missed(tmp_path: Path) -> None:
    first = count_of(tmp_path, SIX)
    second = count_of(tmp_path, [SIX[0], refused(), *SIX[1:]], name="B")
    assert not compare([first, second]).agrees
    answer(second, {("page:0002.jpg#0", ""): "not_a_ballot"})
    comparison = compare([first, second])
    assert comparison.agrees
    assert [paper[1].place for paper in comparison.papers if paper[1]] == [1, 3, 4, 5, 6, 7]


def test_ink_that_one_scanner_saw_is_a_difference_of_the_ballot(tmp_path: Path) -> None:
    inked = [page("c01", foreign=["SIGNED_OR_EXTRA_TEXT"]), *SIX[1:]]
    comparison = compare([count_of(tmp_path, SIX), count_of(tmp_path, inked, name="B")])
    assert told(comparison) == [("ballot", "", ("valid", "undecided SIGNED_OR_EXTRA_TEXT"))]


def test_the_same_scans_given_twice_are_told(tmp_path: Path) -> None:
    first = count_of(tmp_path, SIX)
    comparison = compare([first, first])
    assert (comparison.agrees, comparison.same_scans) == (True, 6)


def test_an_outcome_that_would_differ_is_told_by_name(tmp_path: Path) -> None:
    text = election_text(collected=6, roll="[roll]\nsummoned = 11\npresent = 11")
    ballots = [page("c04")] * 6
    other = [page("c03"), *ballots[1:]]
    comparison = compare([count_of(tmp_path, ballots, text=text), count_of(tmp_path, other, name="B", text=text)])
    assert [(line.candidate, line.outcomes) for line in comparison.outcomes] == [("c03", ("elected", "not_qualified"))]


def test_three_counts_show_what_two_say(tmp_path: Path) -> None:
    other = [*SIX[:2], page("c03", "c01"), *SIX[3:]]
    counts = [count_of(tmp_path, SIX), count_of(tmp_path, other, name="B"), count_of(tmp_path, SIX[::-1], name="C")]
    comparison = compare(counts)
    (difference,) = comparison.differences
    assert (difference.values, difference.majority) == (("kept", "struck", "kept"), "kept")
    assert comparison.orders == ("same", "reversed")
    assert {line.name: line.majority for line in comparison.votes if line.differs} == {"c01": 4}
    assert not comparison.agrees


KEYED = "c01,c02,c03,c04\nx,,,\n,x,,\n,,x,\n,,,x\nx,x,,\n,,x,x\n"


def keyed(folder: Path, text: str, name: str = "keyed.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_keyed_count_agrees_with_the_scans(tmp_path: Path) -> None:
    comparison = compare([count_of(tmp_path, SIX), keyed(tmp_path, KEYED)])
    assert comparison.agrees
    assert [one.kind for one in comparison.passes] == [PassKind.COUNT, PassKind.KEYED_BALLOTS]


def test_a_slip_in_keying_is_found_with_its_row(tmp_path: Path) -> None:
    comparison = compare([keyed(tmp_path, KEYED.replace(",,x,x", ",,,x")), count_of(tmp_path, SIX)])
    assert told(comparison) == [("mark", "c03", ("kept", "struck"))]
    leaf = comparison.differences[0].paper[0]
    assert leaf is not None
    assert (leaf.name, leaf.batch, leaf.in_batch) == ("r0007", "keyed.csv", 7)


def test_keyed_totals_stand_beside_votes(tmp_path: Path) -> None:
    totals = keyed(tmp_path, "candidate,votes\nc01,4\nc02,4\nc03,4\nc04,5\ncollected,6\ninvalid,0\n")
    comparison = compare([count_of(tmp_path, SIX), totals])
    assert (comparison.differences, comparison.orders) == ((), ())
    assert differing(comparison) == {"c04": (4, 5)}


def test_keyed_totals_that_agree(tmp_path: Path) -> None:
    totals = keyed(tmp_path, "candidate,votes\nc01,4\nc02,4\nc03,4\nc04,4\nvalid,6\nissued,6\n")
    assert compare([totals, count_of(tmp_path, SIX)]).agrees


def test_a_count_and_two_keyed_by_hand_are_three(tmp_path: Path) -> None:
    totals = keyed(tmp_path, "candidate,votes\nc01,3\nc02,4\nc03,4\nc04,4\n", "totals.csv")
    comparison = compare([count_of(tmp_path, SIX), keyed(tmp_path, KEYED), totals])
    assert [line.majority for line in comparison.votes if line.differs] == [4]
    assert len(comparison.readers) == 2


def test_keyed_files_alone_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(NoCountGiven):
        compare([keyed(tmp_path, KEYED), keyed(tmp_path, KEYED, "other.csv")])


def test_a_keyed_file_of_another_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InterchangeError):
        compare([count_of(tmp_path, SIX), keyed(tmp_path, "c01,c02\nx,\n")])


def test_a_folder_that_holds_no_count_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotACount):
        compare([count_of(tmp_path, SIX), tmp_path / "nowhere"])


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (election_text(collected=6).replace("xã Nà Lương", "xã Bản Mới"), "the congress"),
        (election_text(collected=6, contest="round = 2"), "the round"),
        (election_text(collected=6, candidates=5, seats=4), "the number of seats"),
        (election_text(collected=6).replace("Vàng A Bình", "Vàng A Bính"), "the list of candidates"),
    ],
)
def test_counts_of_other_ballots_are_refused_by_what_differs(tmp_path: Path, text: str, what: str) -> None:
    first = count_of(tmp_path, SIX)
    (tmp_path / "other").mkdir()
    with pytest.raises(AnotherCount) as refusal:
        compare([first, count_of(tmp_path / "other", [page()] * 6, text=text)])
    assert refusal.value.fields["what"] == what


def test_a_rehearsal_is_not_compared_with_a_count(tmp_path: Path) -> None:
    first = count_of(tmp_path, SIX)
    scans = write_scans(tmp_path / "more", SIX)
    run(tmp_path / "e.toml", scans, tmp_path / "R", rehearsal=True)
    with pytest.raises(AnotherCount) as refusal:
        compare([first, tmp_path / "R"])
    assert refusal.value.fields["what"] == "rehearsal or not"


def test_figures_filled_in_otherwise_are_a_difference_and_no_refusal(tmp_path: Path) -> None:
    first = count_of(tmp_path, SIX)
    text = election_text(collected=6, issued=7)
    assert differing(compare([first, count_of(tmp_path, SIX, name="B", text=text)])) == {"issued": (6, 7)}


def test_a_count_that_was_stopped_is_refused(tmp_path: Path) -> None:
    first, second = count_of(tmp_path, SIX), count_of(tmp_path, SIX, name="B")
    record = second / "record.json"
    held = json.loads(record.read_bytes())
    held["ledger"]["head"] = "0" * 64
    record.write_text(json.dumps(held), encoding="utf-8")
    with pytest.raises(CountUnfinished):
        compare([first, second])
    record.unlink()
    with pytest.raises(CountUnfinished):
        compare([first, second])
