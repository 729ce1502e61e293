"""The pages of elections: what each shows, what a button does, and in how many queries."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from daihoi.web.accounts.choices import Role
from daihoi.web.elections.choices import ContestState, HandSubject, NominationState, Office, Source
from daihoi.web.elections.models import Contest
from daihoi.web.elections.services import ballots, lists
from daihoi.web.lists.models import Upload
from tests.papers.minutes_reading import pdf_text
from tests.web.elections.conftest import CARDS, TELLERS, Day, SignIn, at, posted, printed, text, voted


def test_path_says_what_is_missing_who_must_act_and_what_the_chair_reads(day: Day, sign_in: SignIn) -> None:
    page = text(sign_in(Role.PRESIDIUM), at("contest", day))

    assert "The number was not put to the vote" in page
    assert "The presidium asks the congress to decide the number to elect: 3" in page
    assert "[190-QĐ/TW Đ3]" in page
    other = text(sign_in(Role.COUNTING), at("contest", day))
    assert "Can be done by:" in other
    assert "Presidium" in other


def test_list_goes_from_votes_to_closed_by_the_buttons_of_the_presidium(day: Day, sign_in: SignIn) -> None:
    client = sign_in(Role.PRESIDIUM)
    for subject in ("number", "list"):
        assert "That is more than half: adopted." in posted(client, at("contest_vote", day, subject), **CARDS)

    assert "The list is closed." in posted(client, at("contest_close", day))
    assert Contest.objects.get().state == ContestState.LIST_CLOSED


def test_vote_that_half_agree_to_is_told_as_lost(day: Day, sign_in: SignIn) -> None:
    page = posted(sign_in(Role.PRESIDIUM), at("contest_vote", day, "list"), **{**CARDS, "agree": 6, "against": 6})

    assert "That is not more than half: not adopted." in page


@pytest.mark.parametrize(
    ("cards", "said"),
    [
        ({"present": 13}, "More are present than the body has members (12)."),
        ({"against": 1}, "More cards were counted than people are present."),
    ],
)
def test_cards_that_cannot_be_are_refused_in_a_sentence(
    day: Day, sign_in: SignIn, cards: dict[str, int], said: str
) -> None:
    assert said in posted(sign_in(Role.PRESIDIUM), at("contest_vote", day, "list"), **{**CARDS, **cards})
    assert not day.contest.hand_votes.exists()


def test_list_that_was_not_adopted_is_not_closed_and_the_page_says_why(day: Day, sign_in: SignIn) -> None:
    page = posted(sign_in(Role.PRESIDIUM), at("contest_close", day))

    assert "has not adopted the number to elect, the list by show of cards yet" in page


def test_all_pages_of_a_contest_open_at_every_step(adopted: Day, sign_in: SignIn) -> None:
    presidium, board = sign_in(Role.PRESIDIUM), sign_in(Role.COUNTING_HEAD)
    run = ("contest", "contest_names", "contest_names_add", "contest_support", "contest_opinions", "names_import",
           "contest_change", "contest_colour", "contest_reopen", "contest_stop", "contest_account")  # fmt: skip
    count = ("contest", "contest_names", "contest_ballots", "contest_issue", "contest_collect", "contest_account",
             "contest_figures")  # fmt: skip

    def walk() -> None:
        for client, names in ((presidium, run), (board, count)):
            text(client, reverse("elections", args=[adopted.congress.key]))
            for name in names:
                text(client, at(name, adopted))

    walk()
    contest = printed(adopted.contest)
    walk()
    voted(contest)
    walk()


@pytest.mark.parametrize("contests", [1, 3])
def test_list_of_contests_asks_the_same_of_one_and_of_three(
    day: Day, sign_in: SignIn, django_assert_num_queries: Callable[[int], object], contests: int
) -> None:
    client = sign_in(Role.PRESIDIUM)
    for number in range(1, contests):
        added = lists.add_contest(
            sitting=day.sitting, office=Office.DELEGATES, title=f"Bầu {number}", seats=2, by="test"
        )
        lists.nominate_many(contest=added, people=day.people[:3], source=Source.PREPARED, by="test")

    with django_assert_num_queries(15):  # type: ignore[attr-defined]
        page = text(client, reverse("elections", args=[day.congress.key]))

    assert page.count('class="contest-title"') == contests
    assert "12 summoned, base 11: elected with 6 votes" in page


@pytest.mark.parametrize("names", [1, 3])
def test_list_of_names_asks_the_same_of_one_and_of_three(
    day: Day, sign_in: SignIn, django_assert_num_queries: Callable[[int], object], names: int
) -> None:
    client = sign_in(Role.PRESIDIUM)
    day.contest.nominations.all().delete()
    lists.nominate_many(contest=day.contest, people=day.people[:names], source=Source.PREPARED, by="test")

    with django_assert_num_queries(14):  # type: ignore[attr-defined]
        page = text(client, at("contest_names", day))

    assert page.count("<tr>") == names + 1


def test_usual_contests_come_with_one_press_and_the_secretary_only_where_that_was_decided(
    day: Day, sign_in: SignIn
) -> None:
    client, address = sign_in(Role.PRESIDIUM), reverse("elections_usual", args=[day.congress.key, "congress"])

    assert "1 contest was added" in posted(client, address)
    assert [one.office for one in Contest.objects.all()] == [Office.COMMITTEE, Office.DELEGATES]
    day.congress.elects_secretary = True
    day.congress.save()
    assert "1 contest was added" in posted(client, address)
    assert "0 contests were added" in posted(client, address)
    secretary = Contest.objects.get(office=Office.SECRETARY)
    assert (secretary.seats, secretary.title) == (1, "Bầu Bí thư Ban Chấp hành Đảng bộ huyện Nà Lương")


def test_contests_change_places(day: Day, sign_in: SignIn) -> None:
    other = lists.add_contest(sitting=day.sitting, office=Office.DELEGATES, title="Bầu đoàn", seats=2, by="test")
    client = sign_in(Role.PRESIDIUM)

    client.post(reverse("contest_move", args=[day.congress.key, other.key]), {"to": "up"})

    assert [one.title for one in day.sitting.contests.all()] == ["Bầu đoàn", day.contest.title]


def test_people_are_found_without_accents_delegates_first_and_put_on_the_list(day: Day, sign_in: SignIn) -> None:
    client = sign_in(Role.PRESIDIUM)
    page = text(client, at("contest_names_add", day), q="van duc")
    assert "Đặng Văn Đức" in page
    assert "Nông Thị Lan" not in page
    assert 'data-names="4" data-seats="3" data-limit="1"' in page

    chosen = [day.people[7].key, day.people[6].key]
    page = posted(client, at("contest_names_add", day), person=chosen, source="floor", proposer="Tổ 2")

    assert "2 were put on the list." in page
    assert {one.proposer for one in day.contest.nominations.filter(source=Source.FLOOR)} == {"Tổ 2"}
    assert "surplus_within_limit" in page


def test_support_of_several_is_entered_at_once_and_told_as_enough_or_not(day: Day, sign_in: SignIn) -> None:
    people = day.people[4:6]
    lists.nominate_many(contest=day.contest, people=people, source=Source.FLOOR, by="test")
    first, second = (day.contest.nominations.get(person=one) for one in people)
    client = sign_in(Role.PRESIDIUM)

    page = posted(client, at("contest_support", day), attending=12,
                  **{f"of-{first.key}": "4", f"of-{second.key}": "3"})  # fmt: skip

    # More than 30 % of 12 is 4; 3 of 12 is a quarter.
    assert '4 <span class="text-secondary">enough' in page
    assert '3 <span class="text-secondary">not enough' in page
    refused = posted(client, at("contest_support", day), attending=12, **{f"of-{first.key}": "13"})
    assert "More support than people attend." in refused
    assert "is no whole number" in posted(client, at("contest_support", day), attending=12, **{f"of-{first.key}": "b"})


def test_request_to_withdraw_is_decided_by_cards(day: Day, sign_in: SignIn) -> None:
    one = day.contest.nominations.get(person=day.people[0])
    client, here = sign_in(Role.PRESIDIUM), at("nomination", day, one.key)
    posted(client, here, act="ask", reason="Lý do sức khỏe")
    assert "asks to withdraw from the list, giving this reason: Lý do sức khỏe" in text(client, here)
    assert "requests" not in text(client, at("contest", day))

    posted(client, here, act="withdrawal", **{**CARDS, "agree": 5, "against": 7})
    one.refresh_from_db()
    assert one.state == NominationState.PROPOSED
    posted(client, here, act="ask", reason="Lý do sức khỏe")
    page = posted(client, here, act="withdrawal", **CARDS)

    one.refresh_from_db()
    assert one.state == NominationState.WITHDRAWN
    assert "Not on the list any more" in page


def test_name_entered_by_mistake_is_taken_off_only_before_the_vote(adopted: Day, sign_in: SignIn) -> None:
    one = adopted.contest.nominations.get(person=adopted.people[0])
    client, here = sign_in(Role.PRESIDIUM), at("nomination", adopted, one.key)
    posted(client, here, act="remove")
    assert adopted.contest.nominations.filter(pk=one.pk).exists()

    adopted.contest.hand_votes.filter(subject=HandSubject.LIST).delete()
    posted(client, here, act="remove")

    assert not adopted.contest.nominations.filter(pk=one.pk).exists()
    assert Contest.objects.get().prepared == 3


def test_opinions_are_entered_for_all(day: Day, sign_in: SignIn) -> None:
    one = day.contest.nominations.get(person=day.people[0])
    client = sign_in(Role.SECRETARIAT)
    page = posted(client, at("contest_opinions", day), issued=12, valid=11, **{f"of-{one.key}": "10"})

    assert "Opinion ballots: 12 issued, 11 valid." in page
    assert "More agree with somebody" in posted(
        client, at("contest_opinions", day), issued=12, valid=11, **{f"of-{one.key}": "12"}
    )


def test_introduction_ballot_names_the_committee_once_it_is_announced(adopted: Day, sign_in: SignIn) -> None:
    secretary = lists.add_contest(
        sitting=adopted.contest.sitting, office=Office.SECRETARY, title="Bầu Bí thư", seats=1, by="test"
    )
    here = reverse("introduction_paper", args=[adopted.congress.key, secretary.key])
    elected, other = adopted.contest.nominations.order_by("pk")[:2]
    adopted.contest.nominations.filter(pk=elected.pk).update(outcome="elected")
    client = sign_in(Role.PRESIDIUM)
    assert here in text(client, reverse("contest_opinions", args=[adopted.congress.key, secretary.key]))
    named = []
    for state in (ContestState.CONFIRMED, ContestState.ANNOUNCED):
        Contest.objects.filter(pk=adopted.contest.pk).update(state=state)
        answer = client.get(here)
        assert answer["Content-Type"] == "application/pdf"
        named.append([name in pdf_text(answer.content) for name in (elected.name, other.name)])
    assert named == [[False, False], [True, False]]
    assert sign_in(Role.DELEGATE).get(here).status_code == 403
    # Of any other contest there is no such paper.
    assert client.get(at("introduction_paper", adopted)).status_code == 404


def test_check_is_set_aside_on_a_document(day: Day, sign_in: SignIn) -> None:
    lists.nominate(contest=day.contest, person=day.people[4], source=Source.PREPARED, by="test")
    client = sign_in(Role.PRESIDIUM)
    assert at("contest_aside", day, "surplus_within_limit") in text(client, at("contest_names", day))

    page = posted(client, at("contest_aside", day, "surplus_within_limit"), body="Ban Thường vụ Tỉnh ủy",
                  document="12-CV/TU", reason="Đơn vị sáp nhập")  # fmt: skip

    assert "Set aside by Ban Thường vụ Tỉnh ủy: Đơn vị sáp nhập" in page
    assert client.get(at("contest_aside", day, "no_such_check")).status_code == 404


def test_reopening_voids_what_was_printed(adopted: Day, sign_in: SignIn) -> None:
    contest = printed(adopted.contest)
    client = sign_in(Role.PRESIDIUM)

    posted(client, at("contest_reopen", adopted), reason="Đồng chí Dung xin rút")

    contest.refresh_from_db()
    form = contest.forms.get()
    assert (contest.state, contest.printed, form.void_reason) == (
        ContestState.PREPARING, None, "Đồng chí Dung xin rút",
    )  # fmt: skip
    page = text(sign_in(Role.COUNTING_HEAD), at("contest_ballots", adopted))
    assert "Đồng chí Dung xin rút" in page
    assert "13 sheets printed" in page


def test_contest_that_goes_on_after_a_pause_has_no_old_ballots(adopted: Day, sign_in: SignIn) -> None:
    contest = printed(adopted.contest)
    client = sign_in(Role.PRESIDIUM)
    assert "Pause the contest" in text(client, at("contest_stop", adopted))
    posted(client, at("contest_stop", adopted), reason="Chờ ý kiến Tỉnh ủy")
    assert "Chờ ý kiến Tỉnh ủy" in text(client, at("contest", adopted))

    posted(client, at("contest_stop", adopted), reason="Tỉnh ủy đồng ý")

    contest.refresh_from_db()
    assert contest.state == ContestState.PREPARING
    assert contest.forms.filter(voided_at__isnull=True).count() == 0


def test_front_page_tells_each_role_what_waits_for_it(adopted: Day, sign_in: SignIn) -> None:
    presidium, board = sign_in(Role.PRESIDIUM), sign_in(Role.COUNTING_HEAD)
    assert at("contest_close", adopted) not in text(board, reverse("front"))
    assert "Close the list: Bầu Ban Chấp hành" in text(presidium, reverse("front"))

    lists.close_list(contest=adopted.contest, by="test")

    assert at("contest_ballots", adopted) in text(board, reverse("front"))
    assert "Bầu Ban Chấp hành" not in text(presidium, reverse("front"))


def test_more_issued_than_present_is_refused_and_collected_beyond_issued_stops(adopted: Day, sign_in: SignIn) -> None:
    contest = printed(adopted.contest)
    client, tellers = sign_in(Role.COUNTING_HEAD), {"first": TELLERS[0], "second": TELLERS[1]}
    page = posted(client, at("contest_issue", adopted), present=11, issued=12, **tellers)
    assert "11 delegates are present but 12 ballots were issued. The vote stops" in page
    page = posted(client, at("contest_issue", adopted), present=12, issued=12, **tellers)
    assert "present" in page
    assert Contest.objects.get().state == ContestState.LIST_CLOSED

    posted(client, at("contest_issue", adopted), present=11, issued=11, **tellers)
    posted(client, at("contest_collect", adopted), collected=12, unused=2, **tellers)

    contest.refresh_from_db()
    assert (contest.collected, contest.state) == (12, ContestState.COUNTING)
    page = text(client, at("contest", adopted))
    assert "STOP: more papers were collected than issued" in page
    assert "11 ballots were issued but 12 collected, 1 more" in page


def test_annulled_ballot_is_voted_again_on_ballots_of_its_own(adopted: Day, sign_in: SignIn) -> None:
    contest = printed(adopted.contest)
    ballots.issue_ballots(contest=contest, present=11, issued=11, tellers=TELLERS, by="test")
    ballots.collect_ballots(contest=contest, collected=12, unused=2, tellers=TELLERS, by="test")
    client = sign_in(Role.PRESIDIUM)
    posted(client, at("contest_stop", adopted), reason="Thu về nhiều hơn phát ra")

    posted(client, at("contest_stop", adopted))
    posted(client, at("contest_stop", adopted))

    again = Contest.objects.get(follows=contest)
    assert (again.seats, again.round, again.nominations.count()) == (3, 2, 4)


def test_one_person_does_not_count_alone(adopted: Day, sign_in: SignIn) -> None:
    printed(adopted.contest)
    page = posted(sign_in(Role.COUNTING_HEAD), at("contest_issue", adopted), present=11, issued=11,
                  first="Sầm Văn Ấn", second="Sầm Văn Ấn")  # fmt: skip

    assert "Two people count: name the other one." in page


def test_list_is_taken_in_from_a_spreadsheet_with_what_is_wrong_told_by_row(day: Day, sign_in: SignIn) -> None:
    rows = (
        ("D4", "Ma Thị Hiền", "Được đề cử"), ("", "Trieu Van Uoc", ""), ("", "Nguyễn Văn Lạ", ""),
        ("D0", "Nông Thị Lan", ""), ("D5", "Bàn Văn Páo", ""),
    )  # fmt: skip
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Mã đảng viên", "Họ và tên", "Nguồn giới thiệu"), *rows):
        sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    client = sign_in(Role.PRESIDIUM)
    sent = {"file": SimpleUploadedFile("danh-sach.xlsx", held.getvalue())}
    page = client.get(client.post(at("names_import", day), sent).headers["Location"]).content.decode()
    assert "Nobody of this name below this congress" in page
    assert "Is proposed in this contest already" in page
    assert "This code belongs to somebody of another name." in page

    upload = Upload.objects.get()
    client.post(at("names_import_file", day, upload.key), {"act": "confirm", "digest": upload.digest})

    added = day.contest.nominations.filter(person__in=day.people[4:])
    assert {(one.name, one.source) for one in added} == {
        ("Ma Thị Hiền", Source.FLOOR), ("Triệu Văn Ước", Source.PREPARED),
    }  # fmt: skip
