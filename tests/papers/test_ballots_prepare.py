"""A prepared ballot: same bytes for the same input, a check that follows the print and not the figures."""

from __future__ import annotations

import io
import time
from dataclasses import replace
from datetime import date

import pypdfium2 as pdfium
import pytest

from daihoi.interchange.terms import BoardMember, Election, MinutesFacts
from daihoi.papers import errors
from daihoi.papers.ballots import Prepared, copies, prepare
from daihoi.papers.ballots.paint import paint
from daihoi.papers.errors import NoCopiesError, RoundTooHighError
from daihoi.rules.terms import BallotFigures, Contest, ContestId, PartialDate, Roll
from daihoi.sheet.errors import NameTooLongError
from daihoi.sheet.identity import decode, encode
from daihoi.sheet.terms import SheetForm
from daihoi.words.errors.papers import SENTENCES
from tests.papers.ballot_samples import CONGRESS, SECRET, ballot, contest_of, election_of

CONTEST = contest_of(44, seats=39)


def prepared(contest: Contest = CONTEST, *, rehearsal: bool = False, election: Election | None = None) -> Prepared:
    return prepare(election or election_of(contest), contest, secret=SECRET, rehearsal=rehearsal)


def checks(ready: Prepared) -> list[str]:
    return [identity.check for identity in ready.identities]


@pytest.mark.parametrize(("names", "agree"), [(3, True), (44, False), (100, True)])
def test_same_input_gives_the_same_bytes(names: int, agree: bool) -> None:
    contest = contest_of(names, seats=names if agree else names - 1)
    assert prepared(contest) == prepared(contest)
    assert copies(prepared(contest), 3) == copies(prepared(contest), 3)


@pytest.mark.parametrize(
    ("names", "seats", "form"),
    [
        (44, 39, SheetForm.STRIKE_OUT),
        (2, 1, SheetForm.STRIKE_OUT),
        (1, 1, SheetForm.AGREE_DISAGREE),
        (5, 5, SheetForm.AGREE_DISAGREE),
    ],
)
def test_form_follows_from_arithmetic(names: int, seats: int, form: SheetForm) -> None:
    assert prepared(contest_of(names, seats=seats)).plan.form is form


def test_codes_say_the_identities() -> None:
    ready = ballot(70)
    assert [identity.page for identity in ready.identities] == [1, 2]
    for page, identity in zip(ready.plan.pages, ready.identities, strict=True):
        assert {decode(code.payload) for code in page.codes} == {identity}
        assert {code.payload for code in page.codes} == {encode(identity)}


def test_identity_says_contest_round_edition_and_rehearsal() -> None:
    (identity,) = prepared(replace(CONTEST, round=3), rehearsal=True).identities
    assert (identity.contest, identity.round, identity.edition, identity.pages, identity.rehearsal) == (
        "BCH",
        3,
        "190",
        1,
        True,
    )


def test_edition_follows_from_the_opening_day() -> None:
    election = election_of(CONTEST, replace(CONGRESS, opens=date(2020, 6, 17), closes=date(2020, 6, 18)))
    assert prepared(election=election).identities[0].edition == "244"


@pytest.mark.parametrize(
    "election",
    [
        replace(election_of(CONTEST), roll=Roll(190, 185)),
        replace(election_of(CONTEST), board=(BoardMember("Lê An", "head"),)),
        replace(election_of(CONTEST), minutes=MinutesFacts("Lê An", None, None, 5)),
        replace(election_of(CONTEST), congress=replace(CONGRESS, place="Nơi khác", closes=date(2025, 6, 20))),
    ],
    ids=["roll", "board", "minutes", "place"],
)
def test_figures_and_persons_do_not_enter(election: Election) -> None:
    assert prepared(election=election) == prepared()


@pytest.mark.parametrize(
    "contest",
    [
        replace(CONTEST, figures=BallotFigures(190, 185, 185)),
        replace(CONTEST, attending=185, prepared=40),
        replace(CONTEST, candidates=tuple(replace(one, support=90) for one in CONTEST.candidates)),
        replace(CONTEST, candidates=tuple(replace(one, party_since=PartialDate(1999)) for one in CONTEST.candidates)),
    ],
    ids=["ballots", "attending", "support", "party_since"],
)
def test_figures_of_the_contest_may_be_filled_in_later(contest: Contest) -> None:
    assert prepared(contest) == prepared()


@pytest.mark.parametrize(
    "contest",
    [
        replace(CONTEST, title="Bầu Ban Thường vụ"),
        replace(CONTEST, seats=38),
        replace(CONTEST, round=2),
        replace(CONTEST, id=ContestId("bch2")),
        replace(CONTEST, candidates=CONTEST.candidates[::-1]),
        replace(CONTEST, candidates=CONTEST.candidates[:-1]),
        replace(CONTEST, candidates=(replace(CONTEST.candidates[0], name="Người Khác"), *CONTEST.candidates[1:])),
        replace(CONTEST, candidates=(*CONTEST.candidates[1:2], *CONTEST.candidates[:1], *CONTEST.candidates[2:])),
    ],
    ids=["title", "seats", "round", "id", "order", "fewer", "name", "swap"],
)
def test_check_changes_with_what_is_printed(contest: Contest) -> None:
    assert set(checks(prepared(contest))).isdisjoint(checks(prepared()))


@pytest.mark.parametrize("part", ["title", "organisation", "superior"])
def test_check_changes_with_the_headings(part: str) -> None:
    election = election_of(CONTEST, replace(CONGRESS, **{part: "Đại hội khác"}))
    assert checks(prepared(election=election)) != checks(prepared())


def test_check_changes_with_secret_page_and_rehearsal() -> None:
    other = prepare(election_of(CONTEST), CONTEST, secret=SECRET[::-1], rehearsal=False)
    ready = ballot(70)
    assert len({*checks(prepared()), *checks(other), *checks(prepared(rehearsal=True)), *checks(ready)}) == 5


def test_nothing_differs_between_two_ballots_of_one_contest() -> None:
    document = pdfium.PdfDocument(copies(ballot(44), 3))
    pages = [page.render(scale=1).to_numpy().tobytes() for page in document]
    document.close()
    assert len(pages) == 3
    assert len(set(pages)) == 1


@pytest.mark.parametrize(("names", "pages"), [(44, 1), (70, 2)])
def test_copies_hold_as_many_pages_as_sheets_need(names: int, pages: int) -> None:
    document = pdfium.PdfDocument(copies(ballot(names), 7))
    assert len(document) == 7 * pages
    assert all(
        document.get_page_size(place) == pytest.approx((595.2756, 841.8898), abs=1e-3) for place in range(len(document))
    )
    document.close()


def test_five_hundred_copies_are_quick_and_small() -> None:
    begin = time.process_time()
    made = copies(ballot(100, agree=True), 500)
    assert time.process_time() - begin < 10.0
    assert len(made) < 1_000_000


def test_pdf_embeds_its_fonts_and_asks_not_to_be_scaled() -> None:
    made = ballot(44).pdf
    assert made.count(b"/FontFile2") >= 3
    assert b"Tinos" in made
    assert b"/PrintScaling /None" in made
    # A font that is named and not embedded would be replaced by another on another printer.
    assert made.count(b"/BaseFont") == made.count(b"/FontFile2")
    assert b"Helvetica" not in made


def test_names_can_be_read_out_of_the_pdf() -> None:
    document = pdfium.PdfDocument(io.BytesIO(ballot(15).pdf))
    text = document[0].get_textpage().get_text_range()
    document.close()
    for said in ("PHIẾU BẦU CỬ", "Công Tằng Tôn Nữ Thị Huyền Trang", "Số lượng cần bầu: 14"):
        assert said in text


@pytest.mark.parametrize("n", [0, -1])
def test_no_copies_are_refused(n: int) -> None:
    with pytest.raises(NoCopiesError):
        copies(ballot(3), n)


def test_round_beyond_the_codes_is_refused() -> None:
    with pytest.raises(RoundTooHighError) as refused:
        prepared(replace(CONTEST, round=100))
    assert refused.value.fields == {"contest": "bch", "round": 100}


def test_blank_sheet_is_the_painted_plan() -> None:
    ready = ballot(44)
    assert ready.pdf == paint(ready.plan, 1, ready.title) == copies(ready, 1)


def test_longest_name_with_a_namesake_is_refused_by_name_where_three_blocks_stand() -> None:
    contest = contest_of(100, seats=100)
    longest = contest.candidates[16].name
    twin = replace(contest.candidates[99], name=longest)
    with pytest.raises(NameTooLongError) as refused:
        prepared(replace(contest, candidates=(*contest.candidates[:99], twin)))
    assert refused.value.fields["candidate"] == twin.id
    assert refused.value.fields["name"] == longest


EVERY = (
    errors.SameNamesError(first="a", second="b", name="Lê An"),
    errors.LetterMissingError(letter="漢", codepoint="U+6F22", text="Lê 漢"),
    errors.RoundTooHighError(contest="bch", round=100),
    errors.NoCopiesError(copies=0),
)


@pytest.mark.parametrize("error", EVERY, ids=lambda error: error.code)
def test_error_has_a_sentence_that_shows_its_data(error: errors.PapersError) -> None:
    said = SENTENCES[error.code].format(**error.fields)
    assert all(str(value) in said for value in error.fields.values())


def test_every_error_of_ballots_has_a_sentence() -> None:
    assert {error.code for error in EVERY} <= set(SENTENCES)


@pytest.mark.parametrize(
    ("names", "agree", "pinned"),
    [
        (3, False, ["DUAFV3KJXIXBVP4M"]),
        (44, False, ["CBCGON4E2UUOH3PO"]),
        (100, False, ["DPFZM6ANQVOTW3VU", "PTVWVVQ65HEAR2U2"]),
        (1, True, ["5YVQW3OILJUTOPNR"]),
        (44, True, ["C4SS67TBKFJI7UVF", "STF4A74HL7VSWP3C"]),
        (100, True, ["RH64AV7BZNT2G332", "EJDEY455XN5X5H26"]),
    ],
)
def test_layout_of_known_ballots_is_pinned(names: int, agree: bool, pinned: list[str]) -> None:
    # Ballots printed by one version are refused by another that lays them out differently: such a change is made
    # knowingly, with a line in the changelog, and not between printing and counting.
    assert checks(ballot(names, agree=agree)) == pinned
