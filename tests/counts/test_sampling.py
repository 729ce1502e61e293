"""A hand sample: the same for everybody who knows the seed, and nothing that can be foretold without it."""

from __future__ import annotations

import hashlib
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daihoi.counts.count_folder import read_folder
from daihoi.counts.errors import SampleImpossible
from daihoi.counts.outputs import derive
from daihoi.counts.sampling import Drawn, hand_sample, sample_differences, sampled, shown_wrong
from daihoi.rules.terms import Mark
from tests.counts.stand_in import answer, ballot, counted_folder, refused

SEED = "31415926"


def test_places_follow_from_seed_and_draw_as_the_method_says() -> None:
    # printf '%s' '31415926,1' | sha256sum
    first = "e2c20ba91160be7a922cbecdb2f805189aa8ca1aeada3c03555d58beaa59ffd4"
    second = "6649241119626d678252c926818404205d7123669d2c0e647d1a64b954c1d722"
    assert hand_sample(SEED, 348, 2) == (Drawn(1, first, 101), Drawn(2, second, 7))


def test_place_that_was_drawn_is_passed_over() -> None:
    drawn = hand_sample(SEED, 3, 3)
    assert sorted(one.place for one in drawn) == [1, 2, 3]
    every = [int(hashlib.sha256(f"{SEED},{k}".encode()).hexdigest(), 16) % 3 + 1 for k in range(1, drawn[-1].draw + 1)]
    assert [every[one.draw - 1] for one in drawn] == [one.place for one in drawn]
    assert list(dict.fromkeys(every)) == [one.place for one in drawn]


@given(seed=st.text(min_size=1).filter(str.strip), ballots=st.integers(1, 400), data=st.data())
def test_sample_holds_as_many_places_as_were_asked_for_and_grows_at_its_end(
    seed: str, ballots: int, data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, ballots))
    places = [one.place for one in hand_sample(seed, ballots, size)]
    assert len(set(places)) == len(places) == size
    assert all(1 <= place <= ballots for place in places)
    assert places[: size // 2] == [one.place for one in hand_sample(seed, ballots, size // 2)] if size > 1 else True


def test_every_place_comes_about_as_often() -> None:
    times = Counter(hand_sample(f"{seed}", 10, 1)[0].place for seed in range(2000))
    # Of 2,000 draws 200 a place, give or take; seven standard deviations are 94.
    assert all(abs(times[place] - 200) < 94 for place in range(1, 11))


def test_blanks_around_a_seed_and_how_its_letters_are_made_up_change_nothing() -> None:
    assert hand_sample(" Nà  Lương ", 50, 5) == hand_sample("Na\u0300 Lu\u031bo\u031bng", 50, 5)
    assert hand_sample("1 2", 50, 5) != hand_sample("12", 50, 5)


@pytest.mark.parametrize(("seed", "ballots", "size"), [("", 5, 1), (" ", 5, 1), ("1", 5, 0), ("1", 5, 6), ("1", 0, 0)])
def test_sample_that_cannot_be_drawn_is_refused(seed: str, ballots: int, size: int) -> None:
    with pytest.raises(SampleImpossible):
        hand_sample(seed, ballots, size)


def test_ballots_of_a_sample_are_found_and_compared(tmp_path: Path) -> None:
    # The second page is no ballot: places are those of the ballots that count.
    count = counted_folder(tmp_path, [ballot(1), refused(), ballot(3)])
    answer(count, {("page:2.jpg#0", ""): "not_a_ballot"})
    derived = derive(read_folder(count))
    sample = sampled(derived, hand_sample(SEED, 2, 2))
    by_place = {one.drawn.place: one for one in sample}
    assert [(by_place[k].ballot, by_place[k].position.sheet, by_place[k].file) for k in (1, 2)] == [
        ("b0001", 1, "1.jpg"),
        ("b0003", 3, "3.jpg"),
    ]
    marks = {"c01": Mark.KEPT, "c02": Mark.STRUCK, "c03": Mark.KEPT, "c04": Mark.STRUCK}
    (difference,) = sample_differences(sample, {"b0003": marks})
    assert (difference.ballot, difference.candidate, difference.counted, difference.by_hand) == (
        "b0003",
        "c02",
        Mark.KEPT,
        Mark.STRUCK,
    )
    assert sample_differences(sample, {}) == ()


def test_place_beyond_the_ballots_is_refused(tmp_path: Path) -> None:
    derived = derive(read_folder(counted_folder(tmp_path, [ballot(1)])))
    with pytest.raises(SampleImpossible):
        sampled(derived, hand_sample(SEED, 9, 9))


@pytest.mark.parametrize(
    ("ballots", "size", "wrong"), [(348, 1, 331), (348, 30, 32), (348, 100, 9), (348, 347, 1), (348, 348, 1), (1, 1, 1)]
)
def test_bound_is_the_fewest_that_one_draw_in_twenty_misses(ballots: int, size: int, wrong: int) -> None:
    assert shown_wrong(ballots, size) == wrong


@given(ballots=st.integers(1, 60), data=st.data(), one_in=st.integers(2, 40))
def test_bound_is_what_counting_the_draws_one_by_one_gives(ballots: int, data: st.DataObject, one_in: int) -> None:
    size = data.draw(st.integers(1, ballots))

    def missed(wrong: int) -> Fraction:
        chance = Fraction(1)
        for place in range(size):
            chance *= Fraction(max(0, ballots - wrong - place), ballots - place)
        return chance

    found = shown_wrong(ballots, size, one_in=one_in)
    assert missed(found) <= Fraction(1, one_in) < missed(found - 1)


@pytest.mark.parametrize(("ballots", "size"), [(0, 0), (3, 0), (3, 4), (1_000_001, 1)])
def test_bound_of_no_sample_is_refused(ballots: int, size: int) -> None:
    with pytest.raises(SampleImpossible):
        shown_wrong(ballots, size)
