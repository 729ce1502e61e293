"""From names to papers in the box, and what is refused on the way."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from daihoi.counts.grounds import grounds_of
from daihoi.interchange.election_file import load_election
from daihoi.interchange.form_secret import read_secret
from daihoi.rules.terms import CandidateOutcome
from daihoi.web.audit.models import LedgerEntry
from daihoi.web.elections import files, making
from daihoi.web.elections.choices import ContestState, HandSubject, NominationState, Office, RoundKind, Source
from daihoi.web.elections.models import Contest
from daihoi.web.elections.services import ballots, lists, outcomes
from tests.web.elections.conftest import CARDS, Day

TELLERS = ("Sầm Văn Ấn", "Lục Thị Yến")


def _printed(day: Day, copies: int = 12) -> Contest:
    contest = lists.close_list(contest=day.contest, by="test")
    form = ballots.make_form(contest=contest, by="test")
    ballots.note_print_job(form=form, copies=copies, reason="", by="test")
    contest.refresh_from_db()
    return contest


def test_list_is_closed_in_the_order_of_given_names(adopted: Day) -> None:
    lists.close_list(contest=adopted.contest, by="test")

    listed = [(one.candidate, one.name) for one in adopted.contest.nominations.order_by("number")]
    assert listed == [
        ("c01", "Lý Mỹ Dung"), ("c02", "Nông Thị Lan"), ("c03", "Bàn Văn Páo"), ("c04", "Hoàng Văn Sơn"),
    ]  # fmt: skip


def test_list_that_nobody_adopted_is_not_closed(day: Day) -> None:
    lists.vote_by_cards(contest=day.contest, subject=HandSubject.NUMBER, cards=CARDS, by="test")

    with pytest.raises(ValidationError, match="the list"):
        lists.close_list(contest=day.contest, by="test")


def test_list_that_changed_after_the_vote_is_put_to_the_vote_again(adopted: Day) -> None:
    added = lists.nominate(contest=adopted.contest, person=adopted.people[4], source=Source.PREPARED, by="test")
    left = adopted.contest.nominations.get(person=adopted.people[0])
    vote = lists.vote_by_cards(contest=adopted.contest, subject=HandSubject.WITHDRAWAL, cards=CARDS, by="test")
    lists.decide_nomination(nomination=left, state=NominationState.WITHDRAWN, vote=vote, by="test")

    # As many names as before, and one of them another.
    assert added in making.listed(adopted.contest)
    assert making.unadopted(adopted.contest) == (HandSubject.LIST,)
    with pytest.raises(ValidationError, match="the list"):
        lists.close_list(contest=adopted.contest, by="test")


def test_number_of_delegates_is_allotted_and_not_voted(day: Day) -> None:
    given = {"office": Office.DELEGATES, "title": "Bầu đoàn đại biểu", "seats": 2, "by": "test"}
    without = lists.add_contest(sitting=day.sitting, **given)
    with_alternates = lists.add_contest(sitting=day.sitting, alternates=1, **given)

    assert HandSubject.NUMBER not in making.unadopted(without)
    assert HandSubject.NUMBER in making.unadopted(with_alternates)


def test_half_of_the_members_adopt_nothing(day: Day) -> None:
    vote = lists.vote_by_cards(
        contest=day.contest, subject=HandSubject.LIST, cards={**CARDS, "agree": 6, "against": 6}, by="test"
    )

    # Twelve members, the one with leave among them: absence with leave does not reduce this base.
    assert (vote.members, vote.adopted) == (12, False)


def test_list_with_too_much_surplus_is_refused_until_a_body_sets_the_check_aside(adopted: Day) -> None:
    lists.nominate(contest=adopted.contest, person=adopted.people[4], source=Source.PREPARED, by="test")
    lists.vote_by_cards(contest=adopted.contest, subject=HandSubject.LIST, cards=CARDS, by="test")
    with pytest.raises(ValidationError, match="regulation"):
        lists.close_list(contest=adopted.contest, by="test")

    lists.set_aside(
        contest=adopted.contest, check="surplus_within_limit", body="Ban Thường vụ Tỉnh ủy", reason="Đơn vị sáp nhập",
        document="12-CV/TU", by="test",
    )  # fmt: skip

    assert lists.close_list(contest=adopted.contest, by="test").state == ContestState.LIST_CLOSED


def test_member_of_the_counting_board_cannot_stand(adopted: Day) -> None:
    lists.nominate(contest=adopted.contest, person=adopted.people[9], source=Source.FLOOR, by="test", support=8)

    assert "board_member_on_list" in {one.check for one in making.findings_of(adopted.contest)}


def test_nobody_is_taken_off_a_list_without_a_vote_that_agreed(day: Day) -> None:
    nomination = day.contest.nominations.get(person=day.people[0])
    lists.ask_to_withdraw(nomination=nomination, reason="Chuyển công tác", by="test")
    refused = lists.vote_by_cards(
        contest=day.contest, subject=HandSubject.WITHDRAWAL, cards={**CARDS, "agree": 5, "against": 7}, by="test"
    )
    with pytest.raises(ValidationError, match="more than half"):
        lists.decide_nomination(nomination=nomination, state=NominationState.WITHDRAWN, vote=refused, by="test")

    granted = lists.vote_by_cards(contest=day.contest, subject=HandSubject.WITHDRAWAL, cards=CARDS, by="test")
    lists.decide_nomination(nomination=nomination, state=NominationState.WITHDRAWN, vote=granted, by="test")

    assert nomination not in making.listed(day.contest)


def test_election_file_of_a_form_says_what_the_rules_made_of_it(adopted: Day) -> None:
    contest = _printed(adopted)
    contest = ballots.issue_ballots(contest=contest, present=11, issued=11, tellers=TELLERS, by="test")
    form = contest.forms.get()

    ballots.write_form(form)

    path = files.election_file(form)
    grounds = grounds_of(load_election(path.read_bytes(), path.name), contest.key)
    assert grounds.worksheet is not None
    assert (grounds.worksheet.summoned, grounds.worksheet.base, grounds.worksheet.needed) == (12, 11, 6)
    assert grounds.figures.issued == 11
    assert [one.role for one in grounds.election.board] == ["Trưởng ban", "Thành viên", "Thành viên"]


def test_corrected_name_voids_the_form_and_its_secret(adopted: Day) -> None:
    contest = _printed(adopted)
    first = contest.forms.get()
    nomination = contest.nominations.get(number=1)

    lists.correct_name(nomination=nomination, name="Lý Mỹ Dung (1980)", reason="In sai họ tên", by="test")
    second = ballots.make_form(contest=contest, by="test")

    first.refresh_from_db()
    assert (first.void_reason, second.number) == ("In sai họ tên", 2)
    assert read_secret(files.election_file(first)) != read_secret(files.election_file(second))
    with pytest.raises(ValidationError, match="void"):
        ballots.note_print_job(form=first, copies=5, reason="thêm", by="test")


def test_base_stays_as_it_was_when_ballots_were_issued(adopted: Day) -> None:
    contest = _printed(adopted)
    contest = ballots.issue_ballots(contest=contest, present=11, issued=11, tellers=TELLERS, by="test")
    before = making.roll_of(contest)

    adopted.congress.rolls.update(document='{"summoned": 99, "present": 1, "delegates": []}')

    assert making.roll_of(contest) == before


@pytest.mark.parametrize(("present", "issued"), [(11, 12), (12, 13)])
def test_no_more_ballots_are_issued_than_people_are_there_or_were_printed(
    adopted: Day, present: int, issued: int
) -> None:
    contest = _printed(adopted, copies=12)

    with pytest.raises(ValidationError):
        ballots.issue_ballots(contest=contest, present=present, issued=issued, tellers=TELLERS, by="test")


def test_two_who_press_at_once_do_not_issue_twice(adopted: Day) -> None:
    contest = _printed(adopted)
    stale = Contest.objects.get(pk=contest.pk)
    ballots.issue_ballots(contest=contest, present=11, issued=11, tellers=TELLERS, by="test")

    with pytest.raises(ValidationError, match="any more"):
        ballots.issue_ballots(contest=stale, present=11, issued=10, tellers=TELLERS, by="other")


def test_who_was_elected_does_not_stand_again(adopted: Day) -> None:
    contest = _printed(adopted)
    ballots.issue_ballots(contest=contest, present=11, issued=11, tellers=TELLERS, by="test")
    ballots.collect_ballots(contest=contest, collected=11, unused=1, tellers=TELLERS, by="test")
    votes = {"c01": 9, "c02": 8, "c03": 4, "c04": 3}
    won = {name: CandidateOutcome.ELECTED if count > 5 else CandidateOutcome.NOT_QUALIFIED
           for name, count in votes.items()}  # fmt: skip
    outcomes.confirm_result(contest=contest, votes=votes, outcomes=won, digest="0" * 64, by="test")
    outcomes.announce(contest=contest, by="test")
    names = list(contest.nominations.order_by("number"))

    with pytest.raises(ValidationError, match="stand again"):
        outcomes.next_round(contest=contest, kind=RoundKind.FURTHER, seats=1, people=names, by="test")
    following = outcomes.next_round(contest=contest, kind=RoundKind.FURTHER, seats=1, people=names[2:], by="test")

    assert (following.round, following.seats, following.follows) == (2, 1, contest)
    assert [one.name for one in following.nominations.order_by("pk")] == ["Bàn Văn Páo", "Hoàng Văn Sơn"]


def test_ledger_of_the_house_holds_no_figure_of_a_result_before_it_is_announced(adopted: Day) -> None:
    contest = _printed(adopted)
    ballots.issue_ballots(contest=contest, present=11, issued=11, tellers=TELLERS, by="test")
    ballots.collect_ballots(contest=contest, collected=11, unused=1, tellers=TELLERS, by="test")
    votes = {"c01": 9, "c02": 8, "c03": 7, "c04": 3}
    outcomes.confirm_result(
        contest=contest,
        votes=votes,
        outcomes=dict.fromkeys(votes, CandidateOutcome.ELECTED),
        digest="a" * 64,
        by="test",
    )

    facts = LedgerEntry.objects.get(kind="contest.confirmed").facts
    assert '"digest"' in facts
    assert "votes" not in facts
