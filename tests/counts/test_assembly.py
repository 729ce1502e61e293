"""Sheets and answers become ballots: every row of the table, and laws for any pile and any answers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daihoi.counts.answers import Answers, answers_of
from daihoi.counts.assembly import Assembled, Became, assemble
from daihoi.counts.pairing import pair, refused_on
from daihoi.counts.terms import SeenForeign, SeenMark, SeenPage, Sheet
from daihoi.interchange.decisions import keyed
from daihoi.rules.terms import InvalidGround, Mark
from tests.counts.test_pairing import seen

LIST = ("c01", "c02", "c03", "c04")
SIDE = {1: ("c01", "c02"), 2: ("c03", "c04")}
WHOLE = keyed(dict.fromkeys(LIST, Mark.STRUCK))
FRONT = keyed(dict.fromkeys(SIDE[1], Mark.STRUCK))
BACK = keyed(dict.fromkeys(SIDE[2], Mark.STRUCK))


def _marked(page: SeenPage) -> SeenPage:
    return replace(page, marks=tuple(SeenMark(one, Mark.KEPT, Mark.KEPT) for one in SIDE.get(page.page, ())))


def _sheets(word: str) -> tuple[Sheet, ...]:
    return pair([_marked(page) for page in seen(word)], 2)


def _answers(sheet: Sheet, *words: str) -> Answers:
    """Words for the refused pages of a sheet, in order; empty for none."""
    places = [(page.ref, "") for page, _ in refused_on(sheet)]
    return answers_of({place: word for place, word in zip(places, words, strict=True) if word})


def _became(word: str, *words: str) -> Assembled:
    (sheet,) = _sheets(word)
    return assemble(sheet, _answers(sheet, *words), LIST)


@pytest.mark.parametrize(
    ("pages", "words", "became"),
    [
        ("FB", (), Became.BALLOT),
        ("FX", ("",), Became.WAITING),
        ("FX", ("rescanned",), Became.DROPPED),
        ("FX", ("not_a_ballot",), Became.DROPPED),
        ("FX", ("NOT_ISSUED",), Became.NOT_ISSUED),
        ("FX", (BACK,), Became.BALLOT),
        ("FX", (WHOLE,), Became.BALLOT),
        ("FX", (FRONT,), Became.WAITING),
        ("XB", (FRONT,), Became.BALLOT),
        ("XB", (BACK,), Became.WAITING),
        ("XX", ("", ""), Became.WAITING),
        ("XX", (FRONT, ""), Became.WAITING),
        ("XX", (WHOLE, ""), Became.WAITING),
        ("XX", (FRONT, BACK), Became.BALLOT),
        ("XX", (WHOLE, "not_a_ballot"), Became.BALLOT),
        ("XX", (FRONT, "not_a_ballot"), Became.WAITING),
        ("XX", (FRONT, "rescanned"), Became.DROPPED),
        ("XX", ("rescanned", ""), Became.DROPPED),
        ("XX", ("not_a_ballot", ""), Became.WAITING),
        ("XX", ("not_a_ballot", "not_a_ballot"), Became.DROPPED),
        ("XX", ("NOT_ISSUED", ""), Became.NOT_ISSUED),
        ("XX", ("NOT_ISSUED", "not_a_ballot"), Became.NOT_ISSUED),
        ("XX", ("NOT_ISSUED", "rescanned"), Became.DROPPED),
        ("X", (WHOLE,), Became.BALLOT),
        ("X", (FRONT,), Became.WAITING),
        ("F", ("",), Became.WAITING),
        ("F", (BACK,), Became.BALLOT),
        ("F", ("rescanned",), Became.DROPPED),
        ("B", (FRONT,), Became.BALLOT),
        ("B", ("not_a_ballot",), Became.DROPPED),
    ],
)
def test_sheet_becomes_what_the_table_says(pages: str, words: tuple[str, ...], became: Became) -> None:
    assert _became(pages, *words).became is became


def test_keyed_marks_fill_the_side_that_was_refused() -> None:
    marks = _became("FX", BACK).marks

    assert marks == {"c01": Mark.KEPT, "c02": Mark.KEPT, "c03": Mark.STRUCK, "c04": Mark.STRUCK}


def test_keyed_marks_of_the_whole_ballot_go_before_marks_read() -> None:
    assert set(_became("FX", WHOLE).marks.values()) == {Mark.STRUCK}


def test_marks_come_in_ballot_order_whatever_side_was_keyed() -> None:
    assert tuple(_became("XB", FRONT).marks) == LIST


def test_waiting_sheet_names_the_candidates_without_a_mark() -> None:
    assert _became("FX", "").missing == ("c03", "c04")


def test_not_issued_sheet_has_no_marks() -> None:
    assert _became("FX", "NOT_ISSUED").marks == {}


def _doubted(proposal: Mark = Mark.KEPT) -> Sheet:
    doubt = SeenMark("c01", Mark.DOUBTFUL, proposal, ("faint",), "crops/a.png")
    clear = [SeenMark(one, Mark.KEPT, Mark.KEPT) for one in LIST[1:]]
    foreign = (SeenForeign(InvalidGround.OUTSIDE_NAME), SeenForeign(InvalidGround.OUTSIDE_NAME))
    return Sheet(1, (SeenPage("1.jpg", 0, "0" * 64, "", page=1, marks=(doubt, *clear), foreign=foreign),))


def test_doubtful_mark_stays_until_the_board_answers() -> None:
    assembled = assemble(_doubted(), answers_of({}), LIST)

    assert assembled.marks["c01"] is Mark.DOUBTFUL
    assert [mark.candidate for mark in assembled.doubts] == ["c01"]


def test_answer_fills_a_doubt_and_the_doubt_is_still_told() -> None:
    assembled = assemble(_doubted(), answers_of({("b0001", "c01"): "struck"}), LIST)

    assert assembled.marks["c01"] is Mark.STRUCK
    assert [mark.candidate for mark in assembled.doubts] == ["c01"]


def test_answer_never_alters_a_clear_mark() -> None:
    assembled = assemble(_doubted(), answers_of({("b0001", "c02"): "struck"}), LIST)

    assert assembled.marks["c02"] is Mark.KEPT


def test_answer_for_another_ballot_does_nothing() -> None:
    assembled = assemble(_doubted(), answers_of({("b0002", "c01"): "struck"}), LIST)

    assert assembled.marks["c01"] is Mark.DOUBTFUL


def test_ink_of_one_kind_is_observed_once() -> None:
    assert assemble(_doubted(), answers_of({}), LIST).observed == (InvalidGround.OUTSIDE_NAME,)


WORDS = st.sampled_from(["", "rescanned", "not_a_ballot", "NOT_ISSUED", WHOLE, FRONT, BACK])


@given(st.text(alphabet="FBX", max_size=16), st.data())
def test_every_page_ends_in_exactly_one_place(pile: str, data: st.DataObject) -> None:
    sheets = _sheets(pile)
    words = {(page.ref, ""): word for sheet in sheets for page, _ in refused_on(sheet) if (word := data.draw(WORDS))}
    assembled = [assemble(sheet, answers_of(words), LIST) for sheet in sheets]

    placed = [page.ref for one in assembled for page in one.sheet.pages]

    assert sorted(placed) == sorted(page.ref for page in seen(pile))
    for one in assembled:
        # Counted only when nothing is left to ask and every candidate has a mark.
        whole = all((page.ref, "") in words for page, _ in refused_on(one.sheet)) and tuple(one.marks) == LIST
        assert one.became is not Became.BALLOT or whole
        assert one.became is not Became.WAITING or (one.missing or not whole)


@given(st.text(alphabet="FBX", max_size=16))
def test_without_answers_only_whole_sheets_are_ballots(pile: str) -> None:
    for sheet in _sheets(pile):
        became = assemble(sheet, answers_of({}), LIST).became
        assert became is (Became.WAITING if refused_on(sheet) else Became.BALLOT)


@given(st.text(alphabet="FBX", min_size=1, max_size=16), st.data())
def test_an_answer_on_one_sheet_changes_no_other(pile: str, data: st.DataObject) -> None:
    sheets = _sheets(pile)
    asked = [page.ref for sheet in sheets for page, _ in refused_on(sheet)]
    if not asked:
        return
    ref, word = data.draw(st.sampled_from(asked)), data.draw(WORDS.filter(bool))
    for sheet in sheets:
        if ref not in [page.ref for page in sheet.pages]:
            alone = assemble(sheet, answers_of({}), LIST)
            assert assemble(sheet, answers_of({(ref, ""): word}), LIST) == alone
