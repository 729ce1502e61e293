"""What every paper of the day owes its names: composed letters, namesakes told apart, the longest ones whole."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest

from daihoi.papers.ballots import prepare
from daihoi.papers.election_day.accounting import BallotAccount, Reconciled, ballot_account, reconciliation_sheet
from daihoi.papers.election_day.deck_files import deck_list
from daihoi.papers.election_day.entry_log import entry_log
from daihoi.papers.election_day.guides import guide
from daihoi.papers.election_day.how_to_mark import how_to_mark, how_to_mark_screen
from daihoi.papers.election_day.names import printed_names
from daihoi.papers.election_day.official_pages import files, opening
from daihoi.papers.election_day.rehearsal_deck import rehearsal_deck
from daihoi.papers.election_day.rehearsal_report import Rehearsal, rehearsal_report
from daihoi.papers.election_day.result_files import carried
from daihoi.papers.election_day.role_cards import role_cards
from daihoi.papers.election_day.tally_sheets import tally_sheets
from daihoi.papers.election_day.terms import Guide, LogRow, LogSource, Occasion, Result, ResultLine, Role
from daihoi.papers.errors import SameNamesError
from daihoi.papers.official.blocks import Paragraph, Signature, Signatures
from daihoi.rules.terms import (
    BallotFigures,
    Candidate,
    CandidateId,
    CandidateOutcome,
    CongressForm,
    Contest,
    PartialDate,
)
from tests.papers.ballot_samples import CONGRESS, SECRET, contest_of, election_of
from tests.papers.election_day.sitting import LANGUAGES, OCCASION, pages
from tests.papers.minutes_reading import docx_text
from tests.sheet.samples import LONGEST

Paper = Callable[[Contest, Occasion, str], bytes]


def result_of(contest: Contest) -> Result:
    lines = tuple(ResultLine(one.name, 130, "52.42", CandidateOutcome.ELECTED) for one in contest.candidates)
    return Result(contest.title, contest.seats, 248, 125, 248, 247, 245, 2, lines, tuple(range(len(lines))))


def prepared_of(contest: Contest) -> object:
    return prepare(election_of(contest, CONGRESS), contest, secret=SECRET, rehearsal=False)


PAPERS: dict[str, Paper] = {
    "tally": lambda contest, at, language: tally_sheets(contest, at, ballots=50, language=language),
    "log": lambda contest, at, language: entry_log(
        contest.title, [LogRow("b0001", LogSource.KEYED, (1,), by=contest.candidates[0].name)], at, language=language
    ),
    "account": lambda contest, at, language: (
        ballot_account(
            BallotAccount(contest.title, BallotFigures(), (contest.candidates[0].name, "")), at, language=language
        ).pdf
    ),
    "reconciliation": lambda contest, at, language: (
        reconciliation_sheet(Reconciled(contest.title, (), ()), at, language=language).pdf
    ),
    "result": lambda contest, at, language: carried(result_of(contest), at, language=language).pdf,
    "deck list": lambda contest, at, language: deck_list(rehearsal_deck(contest), at, language=language),
    "report": lambda contest, at, language: rehearsal_report(Rehearsal((contest.title,), 5, ()), at, language=language),
    "marks": lambda contest, at, language: how_to_mark(
        prepared_of(contest),
        contest,
        at,
        language=language,  # type: ignore[arg-type]
    ),
    "screen": lambda contest, at, language: how_to_mark_screen(
        prepared_of(contest),
        contest,
        at,
        language=language,  # type: ignore[arg-type]
    ),
    "cards": lambda contest, at, language: role_cards(
        at, language=language, people={Role.HEAD: contest.candidates[0].name}, roles=(Role.HEAD,)
    ),
    "guide": lambda _contest, at, language: guide(Guide.HEAD, at, language=language),
}
WARNED = {"tally", "log", "account", "reconciliation", "result", "deck list", "report"}


def apart(text: str) -> str:
    """The same text with its marks written as letters of their own, as some programs store it."""
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize("name", PAPERS)
def test_text_with_loose_marks_prints_as_the_composed_one(name: str) -> None:
    contest = contest_of(3, seats=2)
    people = tuple(replace(one, name=apart(one.name)) for one in contest.candidates)
    loose = replace(contest, title=apart(contest.title), candidates=people)
    at = replace(OCCASION, congress=apart(OCCASION.congress), place=apart(OCCASION.place))
    assert PAPERS[name](loose, at, "vi") == PAPERS[name](contest, OCCASION, "vi")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("form", CongressForm)
def test_every_paper_can_be_printed_for_every_body(name: str, form: CongressForm, language: str) -> None:
    text = pages(PAPERS[name](contest_of(3, seats=2), replace(OCCASION, form=form), language))
    assert text
    assert all("{" not in page for page in text)


@pytest.mark.parametrize("name", PAPERS)
def test_papers_of_a_rehearsal_bear_its_warning_and_others_never(name: str) -> None:
    contest = contest_of(3, seats=2)
    text = " ".join(pages(PAPERS[name](contest, replace(OCCASION, rehearsal=True), "vi")))
    assert ("KHÔNG CÓ GIÁ TRỊ" in text) is (name in WARNED)
    assert "KHÔNG CÓ GIÁ TRỊ" not in " ".join(pages(PAPERS[name](contest, OCCASION, "vi")))


@pytest.mark.parametrize("name", ["tally", "result", "deck list", "cards", "marks"])
def test_longest_names_stand_whole(name: str) -> None:
    people = tuple(
        Candidate(CandidateId(f"c{place}"), longest, PartialDate(1960 + place)) for place, longest in enumerate(LONGEST)
    )
    contest = replace(contest_of(3, seats=2), seats=len(people) - 1, candidates=people)
    text = " ".join(pages(PAPERS[name](contest, OCCASION, "vi")))
    shown = people[:1] if name == "cards" else people
    for one in () if name == "marks" else shown:
        assert one.name in text


def twins(*years: int) -> Contest:
    people = tuple(
        Candidate(CandidateId(f"c{place}"), "Nguyễn Văn Hùng", PartialDate(year)) for place, year in enumerate(years)
    )
    return replace(contest_of(3, seats=2), candidates=people)


@pytest.mark.parametrize("name", ["tally", "deck list"])
def test_namesakes_bear_their_years(name: str) -> None:
    text = " ".join(pages(PAPERS[name](twins(1970, 1980, 1990), OCCASION, "vi")))
    for year in (1970, 1980, 1990):
        assert f"Nguyễn Văn Hùng ({year})" in text


def test_namesakes_that_nothing_tells_apart_are_refused() -> None:
    with pytest.raises(SameNamesError):
        printed_names(twins(1970, 1970, 1990))


@pytest.mark.parametrize("count", [1, 2, 3])
def test_signatures_stand_side_by_side_in_both_files(count: int) -> None:
    people = tuple(Signature(f"CHỨC VỤ {place}", "", f"Người Ký {place}") for place in range(count))
    made = files(OCCASION, "Thử", (*opening(OCCASION, "THỬ", "chữ ký"), Signatures((Paragraph("Kết luận."),), people)))
    (drawn,) = pages(made.pdf)
    assert " ".join(person.name for person in people) in drawn
    assert " ".join(person.authority for person in people) in drawn
    for person in people:
        assert person.name in docx_text(made.docx)
