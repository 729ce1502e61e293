"""After the count: nobody outside the room sees a figure before, ballots that follow, the meeting of the elected."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from daihoi.web.accounts.choices import Role
from daihoi.web.elections import making, pausing, queries
from daihoi.web.elections.choices import ContestState, Office, RoundKind, SittingKind, Source
from daihoi.web.elections.models import Contest, Seat, Sitting
from daihoi.web.elections.results import result_of
from daihoi.web.elections.services import lists, outcomes, sittings
from tests.web.elections.conftest import CARDS, Day, SignIn, announced, at, confirmed, posted, printed, text, voted

TELLING = 7391
"""A figure that stands nowhere by itself."""
OF_THE_ROOM = (Role.COUNTING, Role.COUNTING_HEAD)


def addresses(day: Day, person: str) -> list[str]:
    """Every page of this room, with things of this contest in its address."""
    nomination = day.contest.nominations.earliest("pk").key
    known = {
        "congress": day.congress.key, "contest": day.contest.key, "body": "congress", "nomination": nomination,
        "subject": "other", "check": "surplus_within_limit", "number": 1, "page": 1, "job": 1, "upload": "none",
        "person": person,
    }  # fmt: skip
    return [reverse(str(one.name), args=[known[part] for part in one.pattern.converters]) for one in patterns()]


def patterns() -> list[URLPattern]:
    """The addresses of elections."""
    found = []
    for one in get_resolver().url_patterns:
        if isinstance(one, URLResolver) and getattr(one.urlconf_name, "__name__", "") == "daihoi.web.elections.urls":
            found += [each for each in one.url_patterns if isinstance(each, URLPattern)]
    return found


@pytest.mark.parametrize("role", [one for one in Role if one not in OF_THE_ROOM])
def test_no_figure_leaves_the_room_before_the_result_is_announced(adopted: Day, sign_in: SignIn, role: Role) -> None:
    confirmed(voted(printed(adopted.contest)), [9, 8, 7, 3])
    adopted.contest.nominations.update(votes=TELLING)
    everywhere = [*addresses(adopted, adopted.people[0].key), reverse("front"), reverse("ledger"), reverse("search")]
    assert len(everywhere) > 30
    client = sign_in(role)

    leaked = [one for one in everywhere if str(TELLING) in client.get(one, {"q": "Lan"}).content.decode()]

    assert leaked == []


def test_the_figure_is_there_to_be_leaked(adopted: Day, sign_in: SignIn) -> None:
    contest = confirmed(voted(printed(adopted.contest)), [9, 8, 7, 3])
    contest.nominations.update(votes=TELLING)
    client = sign_in(Role.PRESIDIUM)
    assert client.get(at("contest_rounds", adopted)).status_code == 404

    outcomes.announce(contest=contest, by="test")

    assert str(TELLING) in text(client, at("contest_rounds", adopted))


def test_result_is_read_with_its_base_and_no_ballot_follows_where_every_seat_is_filled(
    adopted: Day, sign_in: SignIn
) -> None:
    announced(adopted.contest, [9, 8, 7, 3])
    page = text(sign_in(Role.PRESIDIUM), at("contest_rounds", adopted))

    assert "Base 11; elected with at least 6." in page
    assert "81.82" in page
    assert "Every seat is filled" in page


def test_tied_are_voted_on_again_alone_for_the_seat_that_is_open(adopted: Day, sign_in: SignIn) -> None:
    contest = announced(adopted.contest, [9, 8, 7, 7])
    client = sign_in(Role.PRESIDIUM)
    page = text(client, at("contest_rounds", adopted))
    assert "Bàn Văn Páo and Hoàng Văn Sơn have equal votes for the last 1 seat(s)" in page
    assert "What the body decides" in text(client, at("contest", adopted))

    posted(client, at("contest_rounds", adopted), act="open", kind="tie_reballot",
           **{"tie_reballot-seats": 1, "tie_reballot-paper_colour": "hồng"})  # fmt: skip

    again = Contest.objects.get(follows=contest)
    assert (again.round_kind, again.seats, again.round, again.paper_colour) == (RoundKind.TIE_REBALLOT, 1, 2, "hồng")
    assert [one.name for one in making.listed(again)] == ["Bàn Văn Páo", "Hoàng Văn Sơn"]
    assert lists.close_list(contest=again, by="test").state == ContestState.LIST_CLOSED


def test_whom_a_ballot_among_the_tied_elects_is_not_said_to_have_more_than_half(adopted: Day) -> None:
    contest = announced(adopted.contest, [9, 8, 7, 7])
    people = list(contest.nominations.filter(number__in=(3, 4)))
    again = outcomes.next_round(
        contest=contest, kind=RoundKind.TIE_REBALLOT, seats=1, people=people, by="test", paper_colour="hồng"
    )
    with translation.override("en"):
        found = result_of(announced(again, [5, 4]))
        said = [one.text for one in found.spoken] if found else []
    assert len(said) == 1
    assert "Bàn Văn Páo has more votes" in said[0]


def test_shortfall_is_voted_on_only_when_the_body_decides_so(adopted: Day, sign_in: SignIn) -> None:
    contest = announced(adopted.contest, [9, 5, 4, 3])
    client, here = sign_in(Role.PRESIDIUM), at("contest_rounds", adopted)
    assert "1 of 3 are elected; 2 are still wanted." in text(client, here)
    stand = [one.key for one in contest.nominations.filter(number__in=(2, 3, 4))]
    opened = {"act": "open", "kind": "further", "further-seats": 2, "further-paper_colour": "xanh", "person": stand}

    assert "has not decided by show of cards to vote on" in posted(client, here, **opened)
    posted(client, here, act="vote", **CARDS)
    posted(client, here, **opened)
    assert "This ballot was opened" in text(client, here)

    further = Contest.objects.get(follows=contest)
    assert (further.seats, further.nominations.count(), further.round_kind) == (2, 3, RoundKind.FURTHER)


def test_others_see_the_result_and_open_nothing(adopted: Day, sign_in: SignIn) -> None:
    announced(adopted.contest, [9, 8, 7, 7])
    client = sign_in(Role.COUNTING)
    assert "The presidium opens it." in text(client, at("contest_rounds", adopted))

    client.post(at("contest_rounds", adopted), {"act": "open", "kind": "tie_reballot", "tie_reballot-seats": 1,
                                                "tie_reballot-paper_colour": "hồng"})  # fmt: skip

    assert Contest.objects.count() == 1


def _meeting(day: Day, votes: Sequence[int] = (9, 8, 7, 3)) -> Sitting:
    announced(day.contest, votes)
    people = list(queries.future_members(day.congress, SittingKind.PLENUM))
    sitting = sittings.open_sitting(congress=day.congress, kind=SittingKind.PLENUM, by="test")
    sittings.seat_members(sitting=sitting, people=people, by="test")
    return sitting


def test_first_meeting_is_made_of_the_elected(adopted: Day, sign_in: SignIn) -> None:
    client, address = sign_in(Role.PRESIDIUM), reverse("elections_usual", args=[adopted.congress.key, "plenum"])
    assert "Nobody was elected to this body yet" in posted(client, address)
    announced(adopted.contest, [9, 8, 7, 3])

    assert "5 contests were added" in posted(client, address)

    sitting = Sitting.objects.get(kind=SittingKind.PLENUM)
    assert [one.person.full_name for one in queries.seats(sitting)] == ["Lý Mỹ Dung", "Nông Thị Lan", "Bàn Văn Páo"]
    assert [one.office for one in sitting.contests.all()] == [
        Office.STANDING_COMMITTEE, Office.SECRETARY, Office.DEPUTY_SECRETARY, Office.INSPECTION_COMMITTEE,
        Office.INSPECTION_CHAIR,
    ]  # fmt: skip
    page = text(client, reverse("elections", args=[adopted.congress.key]))
    assert "3 summoned, base 3: elected with 2 votes" in page
    assert "comes first and is not announced yet" in page


def test_meeting_notes_who_is_there_who_counts_and_who_is_off_its_base(adopted: Day, sign_in: SignIn) -> None:
    sitting = _meeting(adopted)
    client, here = sign_in(Role.PRESIDIUM), reverse("sitting", args=[adopted.congress.key, "plenum"])
    first, second, third = (one.person for one in queries.seats(sitting))
    absent = reverse("sitting_member", args=[adopted.congress.key, "plenum", third.key])

    posted(client, here, act="roll", present=[first.key, second.key], **{f"post-{second.key}": "head"})
    assert "Say why, and on which document." in posted(client, absent, absence="on_leave_throughout")
    posted(client, absent, absence="on_leave_throughout", reason="Đi công tác, Giấy số 3")

    roll = making.roll_now(sitting)
    assert roll is not None
    assert (roll.summoned, roll.present, [one.count for one in roll.deductions]) == (3, 2, [1])
    assert [one.name for one in making.board_of(sitting)] == [second.full_name]
    assert Seat.objects.get(person=third).reason == "Đi công tác, Giấy số 3"


def test_secretary_is_chosen_from_the_committee_alone(adopted: Day, sign_in: SignIn) -> None:
    sitting = _meeting(adopted)
    contest = lists.add_contest(sitting=sitting, office=Office.SECRETARY, title="Bầu Bí thư", seats=1, by="test")

    page = text(sign_in(Role.PRESIDIUM), reverse("contest_names_add", args=[adopted.congress.key, contest.key]))

    assert page.count('name="person"') == 3
    assert "member of the committee" in page
    assert adopted.people[5].full_name not in page


def test_who_was_planned_and_not_elected_pauses_the_contest(adopted: Day, sign_in: SignIn) -> None:
    planned = adopted.contest.nominations.get(person=adopted.people[1])
    adopted.contest.nominations.filter(pk=planned.pk).update(planned=True)
    secretary = lists.add_contest(
        sitting=adopted.sitting, office=Office.SECRETARY, title="Bầu Bí thư Huyện ủy", seats=1, by="test"
    )
    lists.nominate(contest=secretary, person=adopted.people[1], source=Source.PREPARED, by="test")
    assert pausing.not_elected(secretary) == []
    announced(adopted.contest, [9, 8, 7, 3])
    client, here = sign_in(Role.PRESIDIUM), reverse("contest", args=[adopted.congress.key, secretary.key])

    page = text(client, here)

    assert "Hoàng Văn Sơn, planned as Secretary, was not elected to the committee. That election is paused" in page
    stop = reverse("contest_stop", args=[adopted.congress.key, secretary.key])
    assert "Hoàng Văn Sơn" in text(client, stop, reason="Hoàng Văn Sơn không trúng cử")
    posted(client, stop, reason="Hoàng Văn Sơn không trúng cử")
    secretary.refresh_from_db()
    assert secretary.state == ContestState.PAUSED


def test_ballots_for_the_secretary_wait_for_the_committee(adopted: Day, sign_in: SignIn) -> None:
    secretary = lists.add_contest(
        sitting=adopted.sitting, office=Office.SECRETARY, title="Bầu Bí thư Huyện ủy", seats=1, by="test"
    )

    page = text(sign_in(Role.PRESIDIUM), reverse("contest", args=[adopted.congress.key, secretary.key]))

    assert "“Bầu Ban Chấp hành Đảng bộ huyện” comes first and is not announced yet." in page
    assert "Introduction ballot" in page
