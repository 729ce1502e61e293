"""Laws of lining up: a pile agrees with itself however it lies, and what was altered is what is found."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from daihoi.counts.comparing.lining import apart, line_up, most_apart
from daihoi.counts.comparing.terms import Kind, Leaf
from daihoi.rules.terms import Mark
from tests.counts.leaves import found_in, pile, told

UNTIMED = settings(deadline=None)
"""A machine that does other work besides must not fail a law."""
FEWER = settings(deadline=None, max_examples=30)
WORDS = st.lists(st.text("ks?", min_size=5, max_size=5), max_size=12)
CHANCE = st.integers(0, 2**32)
NAMES = 60


def distinct(count: int, chance: random.Random) -> list[str]:
    """Ballots of sixty names that differ from each other in half of them."""
    return ["".join(chance.choice("ks") for _ in range(NAMES)) for _ in range(count)]


def flipped(word: str, places: list[int]) -> str:
    return "".join({"k": "s", "s": "k"}[letter] if at in places else letter for at, letter in enumerate(word))


@UNTIMED
@given(WORDS, CHANCE)
def test_a_pile_agrees_with_any_order_of_itself(words: list[str], seed: int) -> None:
    other = words[:]
    random.Random(seed).shuffle(other)
    papers, differences = found_in(pile(words), pile(other))
    assert differences == ()
    assert len(papers) == len(words)


@UNTIMED
@given(WORDS, WORDS, CHANCE)
def test_three_piles_of_which_two_agree(words: list[str], other: list[str], seed: int) -> None:
    again = words[:]
    random.Random(seed).shuffle(again)
    _, differences = found_in(pile(words), pile(again), pile(other))
    for one in differences:
        if one.kind is Kind.MARK and one.candidate and one.values[0] == one.values[1] != "doubtful":
            assert one.majority == one.values[0]


@UNTIMED
@given(WORDS, WORDS)
def test_no_leaf_is_lost_and_none_stands_twice(first: list[str], second: list[str]) -> None:
    papers, _ = found_in(pile(first), pile(second))
    for side, words in enumerate((first, second)):
        places = sorted(paper[side].place for paper in papers if paper[side] is not None)  # type: ignore[union-attr]
        assert places == list(range(1, len(words) + 1))


@UNTIMED
@given(WORDS, WORDS, WORDS)
def test_no_leaf_of_three_piles_is_lost(first: list[str], second: list[str], third: list[str]) -> None:
    papers, _ = found_in(pile(first), pile(second), pile(third))
    for side, words in enumerate((first, second, third)):
        assert sum(paper[side] is not None for paper in papers) == len(words)


def weight(first: list[Leaf], second: list[Leaf]) -> tuple[int, int]:
    """How much the pairs differ in all, and how many there are."""
    pairs = line_up(first, second).pairs
    return sum(int(apart([first[one]], [second[other]])[0, 0]) for one, other in pairs), len(pairs)


@UNTIMED
@given(WORDS, WORDS)
def test_it_is_the_same_from_either_side(first: list[str], second: list[str]) -> None:
    assert weight(pile(first), pile(second)) == weight(pile(second), pile(first))


@UNTIMED
@given(WORDS, WORDS)
def test_equals_are_always_paired(first: list[str], second: list[str]) -> None:
    ours, theirs = pile(first), pile(second)
    equal = sum(ours[one].says == theirs[other].says for one, other in line_up(ours, theirs).pairs)
    assert equal == sum(min(first.count(word), second.count(word)) for word in set(first))


@FEWER
@given(CHANCE, st.integers(1, 30), st.integers(1, 6), st.booleans(), st.data())
def test_marks_that_were_flipped_are_the_marks_that_are_found(
    seed: int, ballots: int, flips: int, shuffled: bool, data: st.DataObject
) -> None:
    chance = random.Random(seed)
    words = distinct(ballots, chance)
    hit = data.draw(st.lists(st.integers(0, ballots - 1), max_size=5, unique=True))
    altered = {one: chance.sample(range(NAMES), flips) for one in hit}
    other = [flipped(word, altered.get(at, [])) for at, word in enumerate(words)]
    order = list(range(ballots))
    if shuffled:
        chance.shuffle(order)
    _, differences = found_in(pile(words), pile([other[at] for at in order]))
    found = {(one.paper[0].place - 1, int(one.candidate)) for one in differences if one.paper[0]}
    assert found == {(ballot, name) for ballot, names in altered.items() for name in names}
    assert {one.kind for one in differences} <= {Kind.MARK}


@FEWER
@given(CHANCE, st.integers(2, 30), st.data())
def test_ballots_that_are_gone_are_the_ballots_that_are_missing(seed: int, ballots: int, data: st.DataObject) -> None:
    words = distinct(ballots, random.Random(seed))
    gone = data.draw(st.sets(st.integers(0, ballots - 1), max_size=3))
    left = [word for at, word in enumerate(words) if at not in gone]
    _, differences = found_in(pile(words), pile(left))
    assert {one.paper[0].place - 1 for one in differences if one.paper[0]} == gone
    assert all((one.kind, one.values, one.alike) == (Kind.MISSING, ("valid", ""), 1) for one in differences)


def test_one_missing_of_a_pile_that_all_agrees_is_told_with_how_many_it_may_be() -> None:
    words = ["kks"] * 300
    papers, (difference,) = found_in(pile(words), pile(words[:-1]))
    assert (difference.kind, difference.alike, len(papers)) == (Kind.MISSING, 300, 300)


def test_a_misread_ballot_is_one_pair_and_not_two_strangers() -> None:
    words = ["kkksss", "ksksks", "sskkks"]
    assert told(pile(words), pile(["kkksss", "ksksss", "sskkks"])) == [("mark", "4", ("kept", "struck"))]


def test_ballots_of_nothing_in_common_are_strangers() -> None:
    found = told(pile(["k" * 20]), pile(["s" * 20]))
    assert found == [("missing", "", ("valid", "")), ("missing", "", ("", "valid"))]


def test_short_lists_may_differ_in_two_names() -> None:
    assert told(pile(["kk"]), pile(["ss"])) == [
        ("mark", "0", ("kept", "struck")),
        ("mark", "1", ("kept", "struck")),
    ]
    assert [most_apart(names) for names in (1, 2, 8, 9, 16, 70, 100)] == [4, 4, 4, 4, 8, 35, 50]


def test_a_doubt_lies_half_way() -> None:
    k, s, doubt, half = (pile([word])[0] for word in ("kkk", "ssk", "??k", "..s"))
    assert apart([k, doubt], [s, half]).tolist() == [[4, 2], [2, 2]]


@UNTIMED
@given(st.lists(st.text("ks?", min_size=4, max_size=4), min_size=3, max_size=3))
def test_distances_obey_the_triangle(words: list[str]) -> None:
    a, b, c = pile(words)
    table = apart([a, b, c], [a, b, c])
    assert table[0, 2] <= table[0, 1] + table[1, 2]
    assert (table == table.T).all()
    assert not table.diagonal().any()


def test_equal_ballots_keep_the_order_of_the_pile() -> None:
    words = ["kks", "ksk", "kks", "skk", "kks"]
    assert line_up(pile(words), pile(words)).pairs == tuple((place, place) for place in range(5))


def test_the_order_decides_between_pairs_that_differ_alike() -> None:
    # Both ballots of the first pile lost their only difference: by content alone either could be either.
    first = ["kkkkkk", "sskkss", "kkkkkk", "skskss", "kssskk"]
    second = ["kkkkks", "sskkss", "kkkkks", "skskss", "kssskk"]
    assert line_up(pile(first), pile(second)).pairs == tuple((place, place) for place in range(5))


def test_marks_alike_in_a_hundred_names_are_lined_up_in_numbers() -> None:
    chance = random.Random(3)
    base = "k" * 66 + "s" * 34
    words = [flipped(base, chance.sample(range(100), 4)) for _ in range(600)]
    other = [word[:7] + "?" + word[8:] for word in words]
    papers, differences = found_in(pile(words), pile(other))
    assert len(papers) == 600
    assert [one.kind for one in differences] == [Kind.MARK] * 600
    assert {one.values[1] for one in differences} == {Mark.DOUBTFUL.value}


@UNTIMED
@given(st.lists(st.sampled_from(["kkkkk", "kkkks", "kkkss"]), min_size=1, max_size=14), st.data())
def test_a_difference_is_shown_at_the_paper_that_has_it_however_many_are_equal(
    words: list[str], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(words) - 1))
    # One mark is read otherwise; a paper of which most marks differ is another paper.
    other = [*words[:place], data.draw(st.sampled_from("s?")) + words[place][1:], *words[place + 1 :]]

    papers, differences = found_in(pile(words), pile(other))

    assert all(one is not None and two is not None and one.place == two.place for one, two in papers)
    assert {one.paper[0].place for one in differences if one.paper[0]} == {place + 1}


def test_a_difference_keeps_its_place_where_another_paper_is_missing() -> None:
    words = ["kkkkk"] * 6 + ["kkkks"] + ["kkkkk"] * 6
    other = ["kkkkk"] * 2 + ["skkkk"] + ["kkkkk"] * 3 + ["kkkks"] + ["kkkkk"] * 5

    _, differences = found_in(pile(words), pile(other))

    mark = next(one for one in differences if one.kind is Kind.MARK)
    assert [leaf.place if leaf else 0 for leaf in mark.paper] == [3, 3]
    # Any of the six equal papers behind the odd one may be the one that is missing; none before it is.
    missing = next(one for one in differences if one.kind is Kind.MISSING)
    assert missing.paper[0] is not None
    assert missing.paper[0].place > 7
