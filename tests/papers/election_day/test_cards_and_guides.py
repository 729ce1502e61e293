"""Role cards, guides and the rehearsal report: one page each, in both languages, every event answered."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from daihoi.papers.canvas import a4
from daihoi.papers.election_day import drawings
from daihoi.papers.election_day.guides import guide
from daihoi.papers.election_day.rehearsal_report import Rehearsal, RehearsalCheck, RehearsalTime, rehearsal_report
from daihoi.papers.election_day.role_cards import role_cards
from daihoi.papers.election_day.terms import Guide, Role
from daihoi.papers.errors import LetterMissingError, NothingToPrintError
from daihoi.words.election_day import rehearsal as report_words
from daihoi.words.election_day import roles as words
from daihoi.words.language import in_language
from tests.papers.congress.reading import ink_inside, page_sizes
from tests.papers.election_day.sitting import LANGUAGES, OCCASION, pages

A4 = (210.0, 297.0)


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_stand_four_on_a_page_and_answer_every_event(language: str) -> None:
    made = role_cards(OCCASION, language=language)
    assert page_sizes(made) == [A4, A4]
    text = " ".join(pages(made))
    for role in Role:
        assert in_language(language, words.ROLES[role.value].title).upper() in text
    for label in words.EVENTS.values():
        assert text.count(in_language(language, label)) >= len(Role)


def test_every_role_and_guide_has_words() -> None:
    assert set(words.ROLES) == {role.value for role in Role}
    assert set(words.GUIDES) == {which.value for which in Guide}
    for role in words.ROLES.values():
        assert set(role.whens) <= set(words.EVENTS)
        assert role.steps


def test_card_bears_the_name_of_who_does_it() -> None:
    (text,) = pages(
        role_cards(OCCASION, language="vi", roles=(Role.HEAD,), people={Role.HEAD: "Công Tằng Tôn Nữ Huyền Trang"})
    )
    assert "TRƯỞNG BAN KIỂM PHIẾU Công Tằng Tôn Nữ Huyền Trang" in text


def test_cards_of_nobody_are_refused() -> None:
    with pytest.raises(NothingToPrintError):
        role_cards(OCCASION, language="vi", roles=())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", Guide)
def test_guide_is_one_page_with_every_step_drawn(which: Guide, language: str) -> None:
    made = guide(which, OCCASION, language=language)
    assert page_sizes(made) == [A4]
    (text,) = pages(made)
    for place, step in enumerate(words.GUIDES[which.value][1]):
        assert in_language(language, step.heading) in text
        assert in_language(language, step.text) in text
        top = 38 + 29.5 * place
        assert ink_inside(made, 0, (32, top + 3, 68, top + 26))
    for label in words.EVENTS.values():
        assert in_language(language, label) in text


def test_every_drawing_stays_in_its_field() -> None:
    for step in {step.drawing for _, steps in words.GUIDES.values() for step in steps}:
        out = io.BytesIO()
        canvas = a4(out, "", two_sided=False)
        drawings.draw(canvas, step, 100, 100)
        canvas.showPage()
        canvas.save()
        made = out.getvalue()
        assert ink_inside(made, 0, (100, 100, 100 + drawings.WIDE_MM, 100 + drawings.HIGH_MM))
        for outside in ((0, 0, 210, 99.5), (0, 126.5, 210, 297), (0, 99, 99.5, 127), (140.5, 99, 210, 127)):
            assert not ink_inside(made, 0, outside), step


def test_papers_of_one_sitting_are_the_same_bytes() -> None:
    assert role_cards(OCCASION, language="vi") == role_cards(OCCASION, language="vi")
    assert guide(Guide.HEAD, OCCASION, language="en") == guide(Guide.HEAD, OCCASION, language="en")


def rehearsal(passed: bool | None, *, found: str = "") -> Rehearsal:
    checks = tuple(RehearsalCheck(code, passed, found) for code in report_words.CHECKS)
    times = (RehearsalTime("scan", 510, 540), RehearsalTime("print", 600), RehearsalTime("result", None, 2))
    return Rehearsal(("Bầu Ban Chấp hành", "Bầu bí thư"), 267, checks, times, "Lương Thị Hạnh", "Hoàng Đức Thắng")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("passed", [True, False, None])
def test_report_is_one_page_whatever_failed(passed: bool | None, language: str) -> None:
    made = rehearsal_report(rehearsal(passed, found="b0012, b0013, b0014"), OCCASION, language=language)
    (text,) = pages(made)
    for msgid in report_words.CHECKS.values():
        assert in_language(language, msgid) in text
    assert "Hoàng Đức Thắng" in text


def test_passed_report_says_so_and_asks_to_mend_nothing() -> None:
    (text,) = pages(rehearsal_report(rehearsal(True), OCCASION, language="vi"))
    assert "ĐẠT. Hội trường sẵn sàng" in text
    assert not any(flat(in_language("vi", mend)) in text for mend in report_words.MEND.values())


def test_failed_report_counts_the_points_and_says_what_to_mend() -> None:
    facts = rehearsal(True)
    failed = replace(facts.checks[0], passed=False, found="b0012")
    slow = RehearsalTime("scan", 541, 540)
    (text,) = pages(
        rehearsal_report(replace(facts, checks=(failed, *facts.checks[1:]), times=(slow,)), OCCASION, language="en")
    )
    assert "NOT PASSED: 2 point(s)" in text
    assert "b0012 Switch “fit to page” off" in text
    assert "9 min 01 s 9 min 00 s FAILED" in text


def test_check_that_nobody_tried_is_not_passed() -> None:
    facts = replace(rehearsal(True), checks=(*rehearsal(True).checks[1:], RehearsalCheck("printed_scale", None)))
    (text,) = pages(rehearsal_report(facts, OCCASION, language="en"))
    assert "INCOMPLETE: 1 point(s) were not tried." in text


def test_every_check_says_what_to_mend() -> None:
    assert set(report_words.CHECKS) == set(report_words.MEND)


def test_letters_that_cannot_be_printed_are_refused() -> None:
    with pytest.raises(LetterMissingError):
        rehearsal_report(rehearsal(False, found="張"), OCCASION, language="vi")
    with pytest.raises(LetterMissingError):
        role_cards(OCCASION, language="vi", people={Role.HEAD: "張"})
