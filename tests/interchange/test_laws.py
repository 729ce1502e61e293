"""Laws of the files: what is written is read back, whatever the text; what is read never breaks the reader."""

from __future__ import annotations

import csv
import io
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from daihoi.interchange import ballot_lines, decisions, refused_lines, result_file, review_file
from daihoi.interchange.decisions import Place
from daihoi.interchange.election_file import load_election
from daihoi.interchange.errors import InterchangeError
from daihoi.interchange.terms import BallotLine, PageRef, RefusedLine, ReviewRow
from daihoi.rules.terms import InvalidGround, Mark, Standing
from tests.interchange.elections import RIGHT

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(
    lambda text: unicodedata.normalize("NFC", text)
)
HOSTILE = TEXT | st.text("'=+-@,;\t\r\n\"#{}: ệ", max_size=12)
IDS = st.from_regex(r"[a-z][a-z0-9._-]{0,8}", fullmatch=True)
MARKS = st.dictionaries(IDS, st.sampled_from(Mark), max_size=4)
PAGES = st.builds(PageRef, TEXT, st.integers(0, 9999), st.text("0123456789abcdef", min_size=64, max_size=64))
LINES = st.builds(
    BallotLine,
    TEXT.filter(bool),
    MARKS,
    st.lists(PAGES, max_size=2).map(tuple),
    st.sampled_from(Standing),
    st.lists(st.sampled_from(InvalidGround), max_size=3).map(tuple),
    st.lists(IDS, max_size=3).map(tuple),
).filter(lambda line: bool(line.grounds) or line.standing is not Standing.INVALID)


@st.composite
def rows(draw: st.DrawFn) -> ReviewRow:
    """A row of any kind with a hostile text in every free cell and a decision of its kind."""
    candidate = draw(st.just("") | IDS)
    ballot = draw(HOSTILE)
    words = [word for word in decisions.answers(decisions.place_of(ballot, candidate)) if not word.startswith("keyed:")]
    decision = draw(st.sampled_from(["", *words]))
    return ReviewRow(ballot, candidate, draw(HOSTILE), draw(HOSTILE), decision, draw(HOSTILE))


def once(found: list[ReviewRow]) -> list[ReviewRow]:
    """One row a place, and no row of blanks alone, which no reader of tables can tell from none."""
    kept = {(row.ballot, row.candidate): row for row in found}
    return [row for row in kept.values() if any(cell.strip() for cell in vars(row).values())]


@given(st.lists(LINES, max_size=5, unique_by=lambda line: line.ballot))
def test_ballots_are_read_as_they_were_written(lines: list[BallotLine]) -> None:
    assert ballot_lines.parse(ballot_lines.dump(lines), "f") == tuple(lines)


@given(st.lists(st.builds(RefusedLine, TEXT, st.integers(0, 99), TEXT, TEXT, TEXT), max_size=5))
def test_refused_pages_are_read_as_they_were_written(lines: list[RefusedLine]) -> None:
    assert refused_lines.parse(refused_lines.dump(lines), "f") == tuple(lines)


@given(st.lists(rows(), max_size=6).map(once))
def test_review_is_read_as_it_was_written(found: list[ReviewRow]) -> None:
    assert review_file.parse(review_file.dump(found), "r") == tuple(found)


@given(
    st.lists(rows(), max_size=4).map(once), st.sampled_from(",;\t"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])
)
def test_review_comes_back_from_any_spreadsheet(found: list[ReviewRow], separator: str, encoding: str) -> None:
    cells = csv.reader(io.StringIO(review_file.dump(found).decode("utf-8-sig"), newline=""))
    saved = io.StringIO(newline="")
    csv.writer(saved, delimiter=separator).writerows(cells)
    assert review_file.parse(saved.getvalue().encode(encoding), "r") == tuple(found)


@given(st.lists(rows(), max_size=4))
def test_no_cell_of_a_review_is_a_formula(found: list[ReviewRow]) -> None:
    written = review_file.dump(found).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(written, newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_our_own_words_or_read(data: bytes) -> None:
    for read in (ballot_lines.parse, refused_lines.parse, review_file.parse, load_election):
        try:
            read(data, "f")
        except InterchangeError as error:
            assert error.fields["file"] == "f"  # noqa: PT017 -- many kinds of error, one law


@given(st.integers(0, len(RIGHT.encode()) - 1), st.integers(0, 255))
@settings(max_examples=200, deadline=None)
def test_election_file_with_any_byte_changed_is_read_or_refused_by_name(place: int, value: int) -> None:
    data = bytearray(RIGHT.encode())
    data[place] = value
    try:
        election = load_election(bytes(data), "f")
    except InterchangeError as error:
        assert error.fields["file"] == "f"  # noqa: PT017 -- many kinds of error, one law
    else:
        assert election.contests


@given(
    st.dictionaries(IDS, st.sampled_from([mark for mark in Mark if mark is not Mark.DOUBTFUL]), min_size=1, max_size=5)
)
def test_keyed_marks_are_read_as_they_were_keyed(marks: dict[str, Mark]) -> None:
    word = decisions.keyed(marks)
    assert decisions.keyed_marks(word) == marks
    assert decisions.answer(Place.PAGE, word) == word


@given(TEXT, st.integers(0, 10**6))
def test_page_is_found_again_from_its_name(file: str, index: int) -> None:
    assert decisions.page_of(decisions.page_name(file, index)) == (file, index)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_percent_is_never_off_by_more_than_half_a_hundredth(votes: int, base: int) -> None:
    whole, _, rest = result_file.percent_of(votes, base).partition(".")
    hundredths = int(whole) * 100 + int(rest)
    # |hundredths / 10000 - votes / base| <= 1 / 20000, in integers
    assert abs(2 * (hundredths * base - 10_000 * votes)) <= base
