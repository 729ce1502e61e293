"""What screens show, to whom, and that no figure of votes reaches one before it is announced."""

from __future__ import annotations

import dataclasses
import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from daihoi.web.accounts.choices import Role
from daihoi.web.audit.models import LedgerEntry
from daihoi.web.elections.choices import ContestState
from daihoi.web.elections.models import Contest
from daihoi.web.hall.choices import Order, Shows
from daihoi.web.hall.models import Screen
from daihoi.web.hall.pictures import making, results
from daihoi.web.hall.pictures.asked import Asked
from daihoi.web.hall.services import screens as services
from daihoi.web.members import portraits
from daihoi.web.members import services as members
from daihoi.web.members.models import Portrait
from daihoi.web.members.portraits import cleaned
from tests.web.elections.conftest import Day
from tests.web.hall.conftest import with_role
from tests.web.members.pictures import picture

pytestmark = pytest.mark.django_db


def at(day: Day, name: str, *more: object) -> str:
    return reverse(name, args=[day.congress.key, *more])


def part(client: Client, day: Day, screen: Screen) -> str:
    return client.get(at(day, "hall_screen", screen.key), {"part": "1"}).content.decode()


def result(day: Day, **more: object) -> Asked:
    return Asked(Shows.RESULT, contest=day.contest.key, **more)  # type: ignore[arg-type]


def test_new_screen_welcomes(day: Day, screen: Screen, operator: Client) -> None:
    assert "Đảng bộ huyện Nà Lương" in part(operator, day, screen)


def test_operator_puts_a_screen_up_and_takes_it_away(day: Day, operator: Client) -> None:
    operator.post(at(day, "hall_screens"), {"name": "Sảnh", "language": "en"})
    (screen,) = Screen.objects.all()
    assert screen.language == "en"
    operator.post(at(day, "hall_screen_act", screen.key), {"remove": "1"})
    assert not Screen.objects.exists()
    kinds = list(LedgerEntry.objects.order_by("-seq").values_list("kind", flat=True)[:2])
    assert kinds == ["screen.removed", "screen.added"]


def test_two_screens_of_one_name_are_refused(day: Day, screen: Screen, operator: Client) -> None:
    page = operator.post(at(day, "hall_screens"), {"name": screen.name, "language": "vi"})
    assert page.status_code == 200
    assert Screen.objects.count() == 1


def test_preview_is_not_live_and_leaves_the_token_of_the_form_out_of_the_address(
    day: Day, screen: Screen, operator: Client
) -> None:
    chosen = {f"{screen.key}-shows": "words", f"{screen.key}-words": "Giải lao 15 phút"}
    answer = operator.post(
        at(day, "hall_screen_act", screen.key), {**chosen, "preview": "1", "csrfmiddlewaretoken": "x"}
    )
    assert "csrf" not in answer.headers["Location"]
    page = operator.get(answer.headers["Location"]).content.decode()
    assert "slide-words" in page
    assert "Giải lao" not in part(operator, day, screen)

    operator.post(at(day, "hall_screen_act", screen.key), chosen)

    assert "Giải lao 15 phút" in part(operator, day, screen)


def test_screen_that_did_not_change_answers_304(day: Day, screen: Screen, operator: Client) -> None:
    address = at(day, "hall_screen", screen.key)
    tag = operator.get(address, {"part": "1"}).headers["ETag"]
    again = operator.get(address, {"part": "1"}, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["X-House-Time"].isdecimal()
    services.show(screen=screen, asked=Asked(Shows.WORDS, words="Mời về chỗ"), by="test")
    assert operator.get(address, {"part": "1"}, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("state", [one for one in ContestState if one not in {"announced", "sealed"}])
def test_result_that_is_not_announced_is_refused(state: str, confirmed: Day, screen: Screen) -> None:
    Contest.objects.filter(pk=confirmed.contest.pk).update(state=state)
    with pytest.raises(ValidationError, match="not announced"):
        services.show(screen=screen, asked=result(confirmed), by="test")


@pytest.mark.parametrize("role", [Role.EVENT, Role.PRESIDIUM, Role.SECRETARIAT, Role.COUNTING_HEAD])
def test_figures_before_the_announcement_reach_no_screen_by_any_address(
    role: Role, confirmed: Day, screen: Screen
) -> None:
    # Even a screen that was told to show it, as by an older database, does not.
    Screen.objects.filter(pk=screen.pk).update(live=result(confirmed, page=2).kept(), revision=9)
    Contest.objects.filter(pk=confirmed.contest.pk).update(issued=11, collected=11)
    confirmed.contest.nominations.filter(number=1).update(votes=8431)
    client = with_role(confirmed, role)
    told = []
    for shows in Shows.values:
        for page in (1, 2, 3):
            given = {"shows": shows, "contest": confirmed.contest.key, "page": page, "words": "x", "minutes": 5}
            chosen = {"screen": screen.key, **{f"{screen.key}-{name}": value for name, value in given.items()}}
            told.append(client.get(at(confirmed, "hall_screens"), chosen).content.decode())
            client.post(at(confirmed, "hall_screen_act", screen.key), chosen)
            told.append(part(client, confirmed, screen))
            told.append(client.get(at(confirmed, "hall_screen", screen.key)).content.decode())
    for text in told:
        assert "8431" not in text
        assert "trúng cử" not in text.lower()
        assert "90,91" not in text.replace(".", ",")
    Contest.objects.filter(pk=confirmed.contest.pk).update(state=ContestState.ANNOUNCED)
    services.show(screen=screen, asked=result(confirmed, page=2), by="test")
    assert "8431" in part(client, confirmed, screen)


def test_result_that_is_annulled_after_it_was_shown_leaves_the_screen(
    announced: Day, screen: Screen, operator: Client
) -> None:
    services.show(screen=screen, asked=result(announced, page=2), by="test")
    assert "90,91" in part(operator, announced, screen)
    Contest.objects.filter(pk=announced.contest.pk).update(state=ContestState.ANNULLED)
    services.show(screen=screen, asked=Asked(), by="test")
    with pytest.raises(ValidationError):
        services.show(screen=screen, asked=result(announced), by="test")


def test_result_in_ballot_order_and_by_votes_with_percent_of_the_base(announced: Day) -> None:
    announced.contest.nominations.filter(number=1).update(votes=6)
    ballot, votes = results.told(announced.contest, Order.BALLOT), results.told(announced.contest, Order.VOTES)
    assert ballot is not None
    assert votes is not None
    assert (ballot.result.base, ballot.result.needed) == (11, 6)
    assert [one.nomination.number for one in ballot.lines] == [1, 2, 3, 4]
    assert [(one.nomination.number, one.percent) for one in votes.lines] == [
        (2, "81.82"),
        (3, "63.64"),
        (1, "54.55"),
        (4, "45.45"),
    ]
    ((_kind, elected),) = [page for page in results.pages(votes) if page[0] == "elected"]
    assert [one.line.nomination.number for one in elected] == [1, 2, 3]


def test_pages_are_turned_within_the_first_and_the_last(announced: Day, screen: Screen, operator: Client) -> None:
    services.show(screen=screen, asked=result(announced), by="test")
    seen = []
    for turn in ("1", "1", "1", "-1", "-1", "-1"):
        operator.post(at(announced, "hall_screen_act", screen.key), {"turn": turn})
        screen.refresh_from_db()
        seen.append(screen.live["page"])
    assert seen == [2, 3, 3, 2, 1, 1]


def test_screen_speaks_its_own_language_whoever_looks(day: Day, operator: Client) -> None:
    screen = services.add_screen(congress=day.congress, name="Chính", language="vi", by="test")
    services.show(screen=screen, asked=Asked(Shows.PROGRESS), by="test")
    other = with_role(day, Role.COUNTING, "mai")
    assert part(operator, day, screen) == part(other, day, screen)
    assert "Tiến độ bầu cử" in part(operator, day, screen)


def test_who_only_sees_screens_chooses_nothing(day: Day, screen: Screen) -> None:
    teller = with_role(day, Role.COUNTING, "mai")
    assert teller.get(at(day, "hall_screen", screen.key)).status_code == 200
    assert teller.get(at(day, "hall_screens")).status_code == 403
    assert teller.post(at(day, "hall_screen_act", screen.key), {"turn": "1"}).status_code == 403


def test_countdown_without_minutes_is_refused(day: Day, screen: Screen, operator: Client) -> None:
    answer = operator.post(at(day, "hall_screen_act", screen.key), {f"{screen.key}-shows": "countdown"}, follow=True)
    assert "how many minutes" in answer.content.decode()
    operator.post(
        at(day, "hall_screen_act", screen.key), {f"{screen.key}-shows": "countdown", f"{screen.key}-minutes": "15"}
    )
    assert "data-until" in part(operator, day, screen)


def test_progress_tells_papers_and_no_votes(confirmed: Day) -> None:
    text, slide = making.rendered(confirmed.congress, Asked(Shows.PROGRESS), "en")
    assert slide.pages == 1
    assert text.count(">11<") == 2
    assert "Bầu Ban Chấp hành" in text


def test_drawing_is_made_of_the_contests_own_ballot(adopted: Day, screen: Screen, operator: Client) -> None:
    services.show(screen=screen, asked=Asked(Shows.HOW_TO_MARK, contest=adopted.contest.key), by="test")
    text = part(operator, adopted, screen)
    address = text.split('src="')[1].split('"')[0]
    answer = operator.get(address)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.content[:8] == b"\x89PNG\r\n\x1a\n"
    assert operator.get(address.replace("/1/", "/9/")).status_code == 404
    assert operator.get(f"{address[:-8]}0000.png").status_code == 404


def test_control_page_asks_a_constant_number_of_questions(
    announced: Day, operator: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        screen = services.add_screen(congress=announced.congress, name=f"Màn {number}", language="vi", by="test")
        services.show(screen=screen, asked=Asked(Shows.WORDS, words="Chào mừng"), by="test")
    with django_assert_max_num_queries(16):
        operator.get(at(announced, "hall_screens"))


def faces(page: str) -> list[str]:
    """Addresses of the photographs on a screen."""
    return re.findall(r'<img src="([^"]+/photos/[^"]+)"', page)


def test_a_result_shows_the_photographs_that_there_are(announced: Day, screen: Screen, operator: Client) -> None:
    people = [one.person for one in announced.contest.nominations.order_by("number")]
    services.show(screen=screen, asked=result(announced, page=2), by="test")
    without = part(operator, announced, screen)
    assert (faces(without), "no-face" in without) == ([], False)
    for at in (0, 3):
        members.keep_portrait(person=people[at], jpeg=cleaned(picture(colour=f"#{at}{at}8899")), by="test")
    page = part(operator, announced, screen)
    # Who has none stands beside the others with a calm field; the first three are elected.
    assert (len(faces(page)), page.count("no-face")) == (2, 2)
    services.show(screen=screen, asked=result(announced, page=3), by="test")
    elected = part(operator, announced, screen)
    assert (len(faces(elected)), elected.count("no-face")) == (1, 2)
    answer = operator.get(faces(elected)[0])
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.content == portraits.jpeg_of(Portrait.objects.get(person=people[0]))

    # A picture that is gone leaves the screen with the next look at it: a screen would wait for it for ever.
    members.remove_portrait(person=people[0], by="test")
    assert faces(part(operator, announced, screen)) == []
    assert operator.get(faces(elected)[0]).status_code == 404


def test_no_photograph_comes_out_before_the_result_is_announced(confirmed: Day, operator: Client) -> None:
    one = confirmed.contest.nominations.order_by("number")[0]
    members.keep_portrait(person=one.person, jpeg=cleaned(picture()), by="test")
    name = Portrait.objects.get().name
    there = reverse("hall_photo", args=[confirmed.congress.key, confirmed.contest.key, one.key, name])
    assert operator.get(there).status_code == 404
    Contest.objects.filter(pk=confirmed.contest.pk).update(state=ContestState.ANNOUNCED)
    assert operator.get(there).status_code == 200
    # Of who is on no ballot of this contest nothing comes out either.
    other = reverse("hall_photo", args=[confirmed.congress.key, confirmed.contest.key, "none", name])
    assert operator.get(other).status_code == 404
    assert with_role(confirmed, Role.DELEGATE, "khach").get(there).status_code == 403


def test_pages_with_photographs_hold_fewer_names(announced: Day) -> None:
    told = results.told(announced.contest, Order.BALLOT)
    assert told is not None
    many = dataclasses.replace(told, lines=told.lines * 3)
    kinds = [(kind, len(lines)) for kind, lines in results.pages(many)]
    assert kinds == [("figures", 0), ("lines", 8), ("lines", 4), ("elected", 3)]
    one = Portrait(person=many.lines[0].nomination.person, name="a" * 64)
    kinds = [
        (kind, len(lines)) for kind, lines in results.pages(dataclasses.replace(many, photos={one.person.pk: one}))
    ]
    assert kinds == [("figures", 0), ("lines", 6), ("lines", 6), ("elected", 3)]
