"""The worked examples of the regulation, counted by the verifier's own arithmetic. D = delegate congress."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from daihoi.verify.election import Figures, Race, Rules, read_race
from daihoi.verify.errors import MalformedError
from daihoi.verify.node import Node
from daihoi.verify.recount import Sum, Verdict, add_up, elect, judge, percent
from daihoi.verify.result import reconcile, status_of
from daihoi.verify.sheets import Page, Paper
from tests.verify import packages

NO_FIGURES = Figures(0, None, None, None, 0, None)


def race(
    names: int,
    seats: int,
    base: int = 100,
    *,
    places: int = 0,
    figures: Figures = NO_FIGURES,
    plurality: bool = False,
) -> Race:
    return Race(
        congress="",
        title="",
        base=base,
        seats=seats,
        places=places,
        names={f"c{number:02d}": f"Người {number}" for number in range(1, names + 1)},
        plurality=plurality,
        most_names=seats,
        figures=figures,
        rules=Rules(),
    )


def votes(*figures: int) -> dict[str, int]:
    return {f"c{number:02d}": figure for number, figure in enumerate(figures, 1)}


def passes(figure: int, base: int) -> bool:
    return bool(elect(race(1, 1, base), votes(figure)).elected)


@pytest.mark.parametrize(
    ("figure", "base", "elected"),
    [
        (125, 248, True),
        (124, 248, False),
        (125, 250, False),
        (126, 250, True),
        (115, 231, False),
        (116, 231, True),
        (5, 11, False),
        (6, 11, True),
        (5, 10, False),
        (6, 10, True),
        (20, 38, True),
        (19, 38, False),
    ],
)
def test_elected_is_more_than_half_of_the_base(figure: int, base: int, elected: bool) -> None:
    assert passes(figure, base) is elected


def test_seats_go_from_the_highest_vote_down() -> None:
    come = elect(race(5, 3), votes(80, 70, 60, 52, 30))
    assert come.elected == ("c01", "c02", "c03")
    assert come.outcomes["c04"] == "qualified_not_elected"
    assert come.outcomes["c05"] == "not_qualified"


def test_tie_at_the_last_seat_seats_nobody_of_the_tied() -> None:
    come = elect(race(5, 3), votes(80, 70, 55, 55, 40))
    assert come.elected == ("c01", "c02")
    assert come.ties == ((("c03", "c04"), 1),)
    assert come.shortfall == 0


def test_reballot_of_the_tied_is_won_without_half() -> None:
    assert elect(race(2, 1, plurality=True), votes(48, 45)).elected == ("c01",)


def test_tie_in_the_reballot_is_left_to_the_congress() -> None:
    come = elect(race(2, 1, plurality=True), votes(47, 47))
    assert come.elected == ()
    assert come.ties == ((("c01", "c02"), 1),)


def test_tied_who_all_fit_need_no_reballot() -> None:
    come = elect(race(4, 3), votes(80, 55, 55, 40))
    assert come.elected == ("c01", "c02", "c03")
    assert come.ties == ()


def test_shortfall_is_the_seats_that_nobody_passed_for() -> None:
    come = elect(race(4, 3), votes(80, 50, 50, 30))
    assert come.elected == ("c01",)
    assert come.shortfall == 2


def test_alternates_are_those_behind_who_also_passed() -> None:
    figures = votes(190, 185, 180, 175, 170, 165, 160, 150, 140, 130, 110, 101, 100)
    come = elect(race(13, 10, 200, places=2), figures)
    assert len(come.elected) == 10
    assert come.alternates == ("c11", "c12")
    assert come.outcomes["c13"] == "not_qualified"


def test_tie_across_the_last_official_seat_leaves_alternates_open() -> None:
    figures = votes(190, 185, 180, 175, 170, 165, 160, 150, 140, 130, 130, 101, 100)
    come = elect(race(13, 10, 200, places=2), figures)
    assert come.ties == ((("c10", "c11"), 1),)
    assert come.alternates == ()


def test_tie_across_the_last_alternate_place_is_a_tie_of_its_own() -> None:
    come = elect(race(4, 1, 100, places=2), votes(90, 80, 70, 70))
    assert come.alternates == ("c02",)
    assert come.ties == ((("c03", "c04"), 1),)


def paper(marks: Mapping[str, str], *observed: str) -> Paper:
    return Paper("b0001", (Page(("a.jpg", 0), "0" * 64, 1, marks, observed),), marks)


def strike(kept: int, struck: int, doubtful: int = 0) -> dict[str, str]:
    words = ["kept"] * kept + ["struck"] * struck + ["doubtful"] * doubtful
    return {f"c{number:02d}": word for number, word in enumerate(words, 1)}


@pytest.mark.parametrize(
    ("kept", "doubtful", "verdict"),
    [
        (15, 0, Verdict("valid", (), tuple(f"c{one:02d}" for one in range(1, 16)))),
        (1, 0, Verdict("valid", (), ("c01",))),
        (16, 0, Verdict("invalid", ("OVER_VOTE",))),
        (17, 0, Verdict("invalid", ("OVER_VOTE",))),
        (0, 0, Verdict("invalid", ("VOTES_NOBODY",))),
        (16, 1, Verdict("invalid", ("OVER_VOTE",))),
        (15, 1, Verdict("undecided")),
        (0, 1, Verdict("undecided")),
    ],
)
def test_strike_ballot_of_17_names_for_15(kept: int, doubtful: int, verdict: Verdict) -> None:
    marks = strike(kept, 17 - kept - doubtful, doubtful)
    assert judge(paper(marks), race(17, 15), "") == verdict


def test_both_and_none_leave_a_ballot_of_several_names_valid() -> None:
    marks = {"c01": "agree", "c02": "both", "c03": "none"}
    assert judge(paper(marks), race(3, 3), "") == Verdict("valid", (), ("c01",))


@pytest.mark.parametrize(
    ("mark", "verdict"),
    [
        ("agree", Verdict("valid", (), ("c01",))),
        ("disagree", Verdict("valid")),
        ("both", Verdict("invalid", ("SINGLE_BOTH",))),
        ("none", Verdict("invalid", ("SINGLE_NONE",))),
        ("doubtful", Verdict("undecided")),
    ],
)
def test_ballot_of_one_name(mark: str, verdict: Verdict) -> None:
    assert judge(paper({"c01": mark}), race(1, 1), "") == verdict


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("", Verdict("undecided")),
        ("valid", Verdict("valid")),
        ("VOTES_NOBODY", Verdict("invalid", ("VOTES_NOBODY",))),
        ("OVER_VOTE", Verdict("undecided")),
        ("NOT_ISSUED", Verdict("invalid", ("NOT_ISSUED",))),
    ],
)
def test_ballot_on_which_nobody_is_agreed_to_is_for_the_board(answer: str, verdict: Verdict) -> None:
    assert judge(paper({"c01": "disagree", "c02": "none"}), race(2, 2), answer) == verdict


def test_board_cannot_make_an_over_vote_valid() -> None:
    assert judge(paper(strike(3, 0)), race(3, 2), "valid").standing == "invalid"


def test_grounds_stand_in_the_order_of_the_regulation() -> None:
    verdict = judge(paper(strike(3, 0), "OUTSIDE_NAME"), race(3, 2), "OUTSIDE_NAME")
    assert verdict.grounds == ("OUTSIDE_NAME", "OVER_VOTE")


@pytest.mark.parametrize("marks", [{"c01": "agree", "c02": "kept", "c03": "kept"}, {"c01": "kept"}, strike(4, 0), {}])
def test_marks_of_another_form_or_list_are_malformed(marks: dict[str, str]) -> None:
    with pytest.raises(MalformedError):
        judge(paper(marks), race(3, 2), "")


def figures_of(issued: int, collected: int, *, present: int = 248, printed: int | None = None) -> Figures:
    return Figures(present, printed, issued, collected, 0, None)


def added(valid: int, invalid: int) -> Sum:
    return Sum(valid, invalid, 0, {}, votes(valid, 0))


def test_more_collected_than_issued_stops_the_result() -> None:
    stopped = race(2, 1, figures=figures_of(248, 249))
    assert reconcile(stopped, added(240, 9), 0)["collected_within_issued"] is False
    assert status_of(stopped, added(240, 9), 0) == "stopped"


def test_valid_and_invalid_must_be_the_collected() -> None:
    stopped = race(2, 1, figures=figures_of(248, 248))
    checks = reconcile(stopped, added(240, 7), 0)
    assert checks["valid_and_invalid_are_collected"] is False
    assert checks["scanned_is_collected"] is False


def test_fewer_collected_than_issued_goes_on() -> None:
    assert status_of(race(2, 1, figures=figures_of(248, 247)), added(245, 2), 0) == "final"


@pytest.mark.parametrize(
    ("printed", "unused", "holds"),
    [(250, 2, True), (250, 1, False), (250, None, None), (240, None, False), (None, 2, None)],
)
def test_printed_must_be_accounted_for(printed: int | None, unused: int | None, holds: bool | None) -> None:
    figures = Figures(248, printed, 248, 248, 0, unused)
    assert reconcile(race(2, 1, figures=figures), added(248, 0), 0)["printed_accounted"] is holds


def test_page_that_waits_leaves_checks_open() -> None:
    checks = reconcile(race(2, 1, figures=figures_of(10, 10)), added(9, 0), 1)
    assert checks["valid_and_invalid_are_collected"] is None
    assert checks["scanned_is_collected"] is None


def test_votes_are_added_from_valid_ballots_and_grounds_by_the_first() -> None:
    verdicts = [
        Verdict("valid", (), ("c01",)),
        Verdict("invalid", ("OUTSIDE_NAME", "OVER_VOTE")),
        Verdict("undecided", ("DISTINGUISHING_MARK",)),
    ]
    assert add_up(verdicts, race(2, 1)) == Sum(1, 1, 1, {"OUTSIDE_NAME": 1}, {"c01": 1, "c02": 0})


@pytest.mark.parametrize(("figure", "base", "shown"), [(125, 248, "50.40"), (116, 231, "50.22"), (2, 3, "66.67")])
def test_percent_has_two_decimals_half_up(figure: int, base: int, shown: str) -> None:
    assert percent(figure, base) == shown


def read(data: bytes, **settings: object) -> Race:
    return read_race(data, "bch", Node(settings, "record.json"))


def test_base_is_summoned_less_deductions() -> None:
    assert read(packages.election_toml(summoned=190, deducted=4)).base == 186


def test_most_names_follow_the_setting() -> None:
    data = packages.election_toml(office="delegates", extra="alternates = 2")
    assert read(data).most_names == 3
    assert read(data, over_vote_limit="official_and_alternates").most_names == 5
    assert read(data).places == 2


def test_alternates_are_for_delegates_alone() -> None:
    assert read(packages.election_toml(extra="alternates = 2")).places == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'form = "delegates"', b'form = "all"'),
        (b'ground = "convening_member_absent_throughout"', b'ground = "on_leave_throughout"'),
        (b"count = 2", b"count = 12"),
        (b"count = 2", b"count = -1"),
        (b"summoned = 12", b'summoned = "12"'),
        (b"seats = 3", b"seats = 0"),
        (b'id = "c02"', b'id = "c01"'),
        (b'id = "bch"', b'id = "other"'),
        (b"[congress]", b"[congress"),
        (b"issued = 3", b"issued = true"),
        (b'title = "\xc4\x90', b'title = "\xff'),
    ],
)
def test_election_file_that_cannot_be_counted_by_is_malformed(old: bytes, new: bytes) -> None:
    data = packages.election_toml()
    assert old in data
    with pytest.raises(MalformedError) as caught:
        read(data.replace(old, new))
    assert caught.value.member == "election.toml"


@pytest.mark.parametrize(
    ("rule", "used"), [("x = 1", {}), ("x = 1", {"x": 2}), ("x = true", {"x": 1}), ('x = "1"', {"x": 1})]
)
def test_setting_that_was_not_used_as_it_was_set_is_malformed(rule: str, used: dict[str, object]) -> None:
    with pytest.raises(MalformedError) as caught:
        read(packages.election_toml(rules=rule), **used)
    assert "x" in caught.value.path
