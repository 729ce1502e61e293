"""What the leaves of one paper say differently: marks, standing, pages not read, sheets that are not there."""

from __future__ import annotations

from daihoi.counts.comparing.differences import majority_of, open_in_all, papers_of
from daihoi.counts.comparing.terms import Leaf
from daihoi.rules.terms import InvalidGround, Standing
from tests.counts.leaves import Pile, found_in, leaf, pile, told

OTHERS = ["kksssk", "skskks", "sskskk"]


def test_nothing_differs_between_equal_piles() -> None:
    assert told(pile(OTHERS), pile(OTHERS)) == []


def test_a_doubt_against_a_mark_is_a_difference() -> None:
    assert told(pile(["kks?", "ksks"]), pile(["kkss", "ksks"])) == [("mark", "3", ("doubtful", "struck"))]


def test_a_doubt_in_both_is_none_and_is_counted_as_open() -> None:
    both = pile(["kk?s", "k??s"])
    papers, differences = found_in(both, both)
    assert (differences, open_in_all(papers)) == ((), 3)


def test_a_page_that_was_not_read_finds_its_paper_by_its_place() -> None:
    first = pile([*OTHERS, "kkkkss", "ssskkk"])
    second = pile([*OTHERS, "......", "ssskkk"])
    papers, (difference,) = found_in(first, second)
    assert (difference.kind, difference.values) == ("not_read", ("valid", "not_read"))
    assert [one.place for one in difference.paper if one] == [4, 4]
    assert len(papers) == 5


def test_a_page_that_was_not_read_finds_its_paper_in_a_pile_turned_over() -> None:
    first = pile([*OTHERS, "kkkkss", "ssskkk"])
    second = pile(["ssskkk", "......", *OTHERS[::-1]])
    (difference,) = found_in(first, second)[1]
    assert [one.place for one in difference.paper if one] == [4, 2]


def test_two_pages_that_were_not_read_are_one_sheet_and_open() -> None:
    papers, differences = found_in(pile([*OTHERS, "......"]), pile([*OTHERS, "......"]))
    assert (differences, open_in_all(papers)) == ((), 1)


def test_a_page_that_was_not_read_far_from_any_gap_stays_alone() -> None:
    words = [f"{number:06b}".replace("0", "k").replace("1", "s") for number in range(40)]
    first, second = [*words, "......"], ["kkssss", *words]
    assert [kind for kind, *_ in told(pile(first), pile(second))] == ["missing", "missing"]


def test_half_a_sheet_is_paired_with_what_does_not_contradict_it() -> None:
    half = Leaf("b0004", 4, leaf("kks...").marks, None)
    first = [*pile([*OTHERS]), half, leaf("ssskkk", 5)]
    second = pile([*OTHERS, "sskkks", "kksssk", "ssskkk"])
    found = told(first, second)
    assert ("not_read", "", ("not_read", "valid")) in found
    assert ("missing", "", ("", "valid")) in found
    assert len(found) == 2


def test_half_a_sheet_shows_the_marks_that_contradict() -> None:
    half = Leaf("b0004", 4, leaf("kks...").marks, None)
    found = told([*pile(OTHERS), half], pile([*OTHERS, "kkkssk"]))
    assert found == [("not_read", "", ("not_read", "valid")), ("mark", "2", ("struck", "kept"))]


def test_half_a_sheet_of_a_shuffled_pile_is_found_by_the_half_that_was_read() -> None:
    words = [f"{number:06b}".replace("0", "k").replace("1", "s") for number in range(64)]
    second = [words[(place * 23) % 64] for place in range(64)]
    halves = [Leaf(f"b{place:04d}", place, leaf(words[place - 1][:5] + ".").marks, None) for place in (3, 40)]
    first = [
        halves[0] if place == 3 else halves[1] if place == 40 else leaf(words[place - 1], place)
        for place in range(1, 65)
    ]
    _, differences = found_in(first, pile(second))
    assert [(one.kind.value, one.values) for one in differences] == [("not_read", ("not_read", "valid"))] * 2
    assert all(
        one.paper[1] and one.paper[1].marks == leaf(words[one.paper[0].place - 1]).marks
        for one in differences
        if one.paper[0]
    )


def test_paper_that_the_board_set_aside_unread_is_found_by_its_place() -> None:
    strange = Leaf("b0002", 2, (None,) * 6, Standing.INVALID, (InvalidGround.NOT_ISSUED,))
    first, second = pile([OTHERS[0], "kkkkkk", *OTHERS[1:]]), pile([OTHERS[0], "......", *OTHERS[1:]])
    second[1] = strange
    assert told(first, second) == [("ballot", "", ("valid", "invalid NOT_ISSUED"))]


def test_one_left_on_either_side_of_shuffled_piles_is_one_paper() -> None:
    words = [f"{number:06b}".replace("0", "k").replace("1", "s") for number in range(20)]
    second = [words[(place * 7) % 20] for place in range(20)]
    second[second.index(words[3])] = "......"
    (difference,) = found_in(pile(words), pile(second))[1]
    assert difference.paper[0] is not None
    assert difference.paper[0].place == 4


def test_ink_that_one_pass_alone_saw_is_a_difference_of_the_ballot() -> None:
    seen = leaf("kks", standing=Standing.UNDECIDED, grounds=(InvalidGround.SIGNED_OR_EXTRA_TEXT,))
    assert told([seen], [leaf("kks")]) == [("ballot", "", ("undecided SIGNED_OR_EXTRA_TEXT", "valid"))]


def test_a_standing_that_follows_from_a_mark_is_not_told_twice() -> None:
    over = leaf("kkk", standing=Standing.INVALID, grounds=(InvalidGround.OVER_VOTE,))
    assert told([over], [leaf("kks")]) == [("mark", "2", ("kept", "struck"))]


def test_ink_is_told_beside_a_mark() -> None:
    signed = leaf("kkk", standing=Standing.INVALID, grounds=(InvalidGround.SIGNED_OR_EXTRA_TEXT,))
    assert [kind for kind, *_ in told([signed], [leaf("kks")])] == ["mark", "ballot"]


def test_paper_that_was_not_issued_agrees_without_marks() -> None:
    strange = Leaf("b0001", 1, (None, None), Standing.INVALID, (InvalidGround.NOT_ISSUED,))
    assert told([strange], [strange]) == []
    assert [kind for kind, *_ in told([strange], [leaf("kk")])] == ["ballot"]
    assert [kind for kind, *_ in told([leaf("kk")], [strange])] == ["ballot"]


def test_three_passes_show_what_two_of_them_say() -> None:
    _, (difference,) = found_in(pile(["kkss"]), pile(["kkks"]), pile(["kkss"]))
    assert (difference.values, difference.majority) == (("struck", "kept", "struck"), "struck")


def test_a_paper_that_the_first_pass_lacks_is_lined_up_between_the_others() -> None:
    extra = "ssssss"
    papers, (difference,) = found_in(pile(OTHERS), pile([*OTHERS, extra]), pile([extra, *OTHERS]))
    assert (difference.kind, difference.values) == ("missing", ("", "valid", "valid"))
    assert difference.majority == "valid"
    assert len(papers) == 4


def test_a_paper_of_the_third_pass_alone() -> None:
    _, (difference,) = found_in(pile(OTHERS), pile(OTHERS), pile([*OTHERS, "ssssss"]))
    assert (difference.values, difference.majority, difference.alike) == (("", "", "valid"), "", 1)


def test_majority_takes_no_doubt_and_no_gap_for_a_word() -> None:
    assert majority_of(("kept", "kept", "struck")) == "kept"
    assert majority_of(("doubtful", "doubtful", "struck")) is None
    assert majority_of(("", "", "valid")) is None
    assert majority_of(("not_read", "not_read", "valid")) is None
    assert majority_of(("kept", "struck", "doubtful")) is None
    assert majority_of(("kept", "kept", "kept")) is None
    assert majority_of(("kept", "struck")) is None
    assert majority_of((3, 3, 4)) == 3
    assert majority_of((0, 0, 4)) == 0
    assert majority_of((None, None, 4)) is None


def test_numbers_run_from_one_in_the_order_of_the_first_pile() -> None:
    _, differences = found_in(pile(["kkkkkk", "sssskk", "kskssk"]), pile(["kkkkks", "sssssk", "kskssk"]))
    assert [(one.number, one.paper[0].place) for one in differences if one.paper[0]] == [(1, 1), (2, 2)]


def test_no_pass_with_ballots_has_no_papers() -> None:
    assert papers_of([]) == ((), ())
    assert papers_of([Pile(pile(OTHERS))])[1] == ()  # type: ignore[list-item]
