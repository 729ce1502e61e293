"""The test deck on paper: rehearsal ballots with the marks already on them, and the list of what must come out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

from daihoi.papers.ballots import Prepared
from daihoi.papers.canvas import a4
from daihoi.papers.election_day import ink
from daihoi.papers.election_day.cuttings import Row, keep_pages, rows_of, whole
from daihoi.papers.election_day.entry_log import numbers_in_runs
from daihoi.papers.election_day.names import printed_names
from daihoi.papers.election_day.official_pages import files, opening
from daihoi.papers.election_day.rehearsal_deck import Case, CaseKind, Deck
from daihoi.papers.election_day.terms import Occasion
from daihoi.papers.errors import NotARehearsalError
from daihoi.papers.official.blocks import Align, Block, Column, Paragraph, Role, Table, literal
from daihoi.papers.official.blocks import Row as Line
from daihoi.rules.ballot import ballot_form
from daihoi.rules.terms import BallotForm, Mark, Standing
from daihoi.words.election_day import rehearsal as s
from daihoi.words.election_day.figures import number
from daihoi.words.language import in_language
from daihoi.words.minutes.figures import bare_title
from daihoi.words.reasons import GROUNDS, MARKS, STANDINGS


def printed_deck(prepared: Prepared, deck: Deck) -> bytes:
    """PDF of all ballots of the deck in order, each as many pages as the sheet; to be printed at 100 %.

    NotARehearsalError for the real form: a marked real ballot could find its way into the box.
    """
    if not prepared.plan.rehearsal:
        raise NotARehearsalError(contest=deck.contest.id)
    out = io.BytesIO()
    canvas = a4(out, in_language("vi", s.DECK), two_sided=len(prepared.plan.pages) > 1)
    keep_pages(canvas, prepared.plan)
    # In the order of the list: the operator finds a ballot by counting from the top.
    for case in deck.cases:
        for page in prepared.plan.pages:
            strokes = [
                stroke
                for row in rows_of(page)
                for stroke in ink.by_hand(_marks_on(case, row), f"{case.number}/{row.candidate}")
            ]
            whole(canvas, page.number, strokes)
            canvas.showPage()
    canvas.save()
    return out.getvalue()


def _marks_on(case: Case, row: Row) -> Iterator[ink.Stroke]:
    mark = next(mark for candidate, mark in case.marks.items() if candidate == row.candidate)
    if mark is Mark.DOUBTFUL:
        yield from _doubtful(case.kind, row)
    if row.name is not None and mark is Mark.STRUCK:
        yield from ink.struck(row.name)
    if row.agree is not None and mark in (Mark.AGREE, Mark.BOTH):
        yield from ink.crossed(row.agree)
    if row.disagree is not None and mark in (Mark.DISAGREE, Mark.BOTH):
        yield from ink.crossed(row.disagree)


def _doubtful(kind: CaseKind, row: Row) -> tuple[ink.Stroke, ...]:
    if row.name is not None:
        if kind is CaseKind.TICK:
            return ink.ticked(row.name)
        return ink.circled(row.name) if kind is CaseKind.CIRCLE else ink.struck(row.name, share=0.45)
    if row.agree is None or row.disagree is None:
        return ()
    if kind is CaseKind.SPOT:
        return ink.spot(row.agree)
    return ink.struck(ink.around((row.agree, row.disagree)))


def deck_list(deck: Deck, occasion: Occasion, *, language: str) -> bytes:
    """PDF: every ballot with how it is marked and what must come out, then the votes of each candidate.

    Raises SameNamesError, LetterMissingError.
    """
    deck, occasion = replace(deck, contest=literal(deck.contest)), literal(occasion)
    kind = in_language(language, s.DECK)
    said = in_language(language, s.DECK_INTRO).format(ballots=number(len(deck.cases), language))
    totals = in_language(language, s.TOTALS).format(
        valid=number(deck.valid, language),
        invalid=number(len(deck.cases) - deck.valid, language),
        asked=number(len(deck.for_the_board), language),
    )
    blocks: tuple[Block, ...] = (
        *opening(occasion, kind, in_language(language, s.DECK_ABOUT).format(title=bare_title(deck.contest.title))),
        Paragraph(said),
        Paragraph(in_language(language, s.CASES), Role.SECTION),
        _cases(deck, language),
        Paragraph(in_language(language, s.VOTES), Role.SECTION),
        _votes(deck, language),
        Paragraph(totals),
        Paragraph(in_language(language, s.DESTROY)),
    )
    return files(occasion, f"{kind} - {bare_title(deck.contest.title)}", blocks).pdf


def _cases(deck: Deck, language: str) -> Table:
    # The marks have the widest column: runs of numbers of seventy names must stay on one line.
    widths = (10.0, 33.0, 52.0, 40.0, 30.0)
    columns = tuple(
        Column(in_language(language, title), width, Align.CENTRE if place == 0 else Align.LEFT)
        for place, (title, width) in enumerate(zip(s.CASE_COLUMNS, widths, strict=True))
    )
    rows = tuple(
        Line(
            (
                str(case.number),
                in_language(language, s.KINDS[case.kind.value]),
                _marked(case, deck, language),
                _comes_out(case, language),
                _answer(case, language),
            ),
            strong=case.kind is not CaseKind.COUNTED,
        )
        for case in deck.cases
    )
    return Table(columns, rows, size_pt=10.5)


def _marked(case: Case, deck: Deck, language: str) -> str:
    places = {candidate.id: place for place, candidate in enumerate(deck.contest.candidates, start=1)}
    strikes = ballot_form(deck.contest) is BallotForm.STRIKE_OUT
    wanted = Mark.KEPT if strikes else Mark.AGREE
    numbers = numbers_in_runs([places[one] for one, mark in case.marks.items() if mark is wanted])
    said = in_language(language, s.KEEPS if strikes else s.AGREES).format(
        numbers=numbers or in_language(language, s.NUMBERS_NONE)
    )
    if case.kind is CaseKind.COUNTED or case.about is None:
        return said
    return in_language(language, s.DOUBT_ON).format(said=said, number=places[case.about])


def _comes_out(case: Case, language: str) -> str:
    if case.standing is Standing.VALID:
        return in_language(language, s.VALID).format(count=len(case.votes))
    ground = in_language(language, GROUNDS[case.grounds[0].value]) if case.grounds else ""
    return in_language(language, s.INVALID).format(ground=ground)


def _answer(case: Case, language: str) -> str:
    if case.answer is None:
        return in_language(language, s.NOT_ASKED)
    words = {**MARKS, **STANDINGS, **GROUNDS}
    return in_language(language, words[str(getattr(case.answer, "value", case.answer))])


def _votes(deck: Deck, language: str) -> Table:
    """Two columns of names side by side: seventy names fill one page and not two."""
    told = [
        (str(place), name, str(votes))
        for place, (name, votes) in enumerate(
            zip(printed_names(deck.contest), deck.votes.values(), strict=True), start=1
        )
    ]
    half = -(-len(told) // 2)
    titles = [in_language(language, title) for title in s.VOTE_COLUMNS]
    widths, aligned = (11.0, 54.0, 17.5), (Align.CENTRE, Align.LEFT, Align.CENTRE)
    columns = tuple(Column(*one) for one in zip(titles * 2, widths * 2, aligned * 2, strict=True))
    right = [*told[half:], *[("", "", "")] * (2 * half - len(told))]
    return Table(columns, tuple(Line((*one, *two)) for one, two in zip(told[:half], right, strict=True)), size_pt=11)
