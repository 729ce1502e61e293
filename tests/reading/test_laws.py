"""Laws of reading: what never changes a clear mark to its opposite, and what never raises."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daihoi.reading.classify import classify_page
from daihoi.reading.load import fingerprint, kind_of, load_page, pages_in
from daihoi.reading.score import NameScore, RowScore
from daihoi.reading.score_squares import SquareScore
from daihoi.reading.terms import GrayImage, ReadPage, Refusal
from daihoi.reading.thresholds import DEFAULT
from daihoi.rules.terms import Mark
from daihoi.sheet.identity import decode, encode

from .hand import (
    AGREE,
    DISAGREE,
    Page,
    Scan,
    agree_ballot,
    file_of,
    g4_of,
    jpeg_of,
    png_of,
    strike_ballot,
)

PAPER = strike_ballot()
SQUARES = agree_ballot()
STRUCK = {"c01", "c04", "c08"}
PAGES = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
VALUES = settings(max_examples=100, deadline=None)


@cache
def struck_page() -> Page:
    """Three clear strikes."""
    return PAPER.page(dpi=300).strike(0).strike(3, rise=3).strike(7, wave=0.4, width=0.35).stamp()


@cache
def crossed_page() -> Page:
    """Clear crosses, alternately agree and disagree, the last left empty."""
    page = SQUARES.page(dpi=300)
    for row in range(5):
        page.cross(row, DISAGREE if row % 2 else AGREE)
    return page


scans = st.builds(
    Scan,
    dpi=st.floats(150, 400),
    skew=st.floats(-5, 5),
    turn=st.integers(0, 3),
    blur=st.floats(0.03, 0.16),
    noise=st.floats(0, 7),
    white=st.floats(180, 255),
    black=st.floats(0, 80),
    stretch=st.floats(0.988, 1.012),
    size=st.floats(0.95, 1.02),
    jpeg=st.sampled_from([0, 30, 50, 75, 95]),
    bilevel=st.booleans(),
    seed=st.integers(0, 3),
)


@given(scans)
@PAGES
def test_no_scanner_turns_a_strike_into_its_opposite(how: Scan) -> None:
    read = struck_page().read(how)
    if isinstance(read, Refusal):
        assert read.found
        assert read.expected
        return
    for mark in read.marks:
        expected = Mark.STRUCK if mark.candidate in STRUCK else Mark.KEPT
        assert mark.mark in {expected, Mark.DOUBTFUL}, (mark.candidate, how)


@given(scans)
@PAGES
def test_no_scanner_turns_a_cross_into_its_opposite(how: Scan) -> None:
    read = crossed_page().read(how)
    if isinstance(read, Refusal):
        assert read.found
        return
    for row, mark in enumerate(read.marks):
        expected = Mark.NONE if row == 5 else (Mark.DISAGREE if row % 2 else Mark.AGREE)
        assert mark.mark in {expected, Mark.DOUBTFUL}, (mark.candidate, how)


@given(turn=st.integers(0, 3), skew=st.floats(-5, 5))
@PAGES
def test_ordinary_scanner_reads_every_lay_without_doubt(turn: int, skew: float) -> None:
    read = struck_page().read(Scan(turn=turn, skew=skew))
    assert isinstance(read, ReadPage), read
    assert {mark.candidate for mark in read.marks if mark.mark is Mark.STRUCK} == STRUCK
    assert Mark.DOUBTFUL not in {mark.mark for mark in read.marks}
    assert read.foreign == ()


@given(rows=st.sets(st.integers(0, 9)), rise=st.floats(-3, 3), width=st.floats(0.3, 1.0), grey=st.integers(10, 110))
@PAGES
def test_every_set_of_strikes_is_read_as_drawn(rows: set[int], rise: float, width: float, grey: int) -> None:
    page = PAPER.page()
    for row in rows:
        page.strike(row, rise=rise, width=width, grey=grey)
    marks = page.marks()
    for row, candidate in enumerate(PAPER.candidates):
        expected = Mark.STRUCK if row in rows else Mark.KEPT
        assert marks[candidate].mark in {expected, Mark.DOUBTFUL}


@given(
    words=st.lists(st.sampled_from(["agree", "disagree", "both", "none"]), min_size=6, max_size=6),
    size=st.floats(3, 7),
)
@PAGES
def test_every_set_of_crosses_is_read_as_drawn(words: list[str], size: float) -> None:
    page = SQUARES.page()
    for row, word in enumerate(words):
        if word in {"agree", "both"}:
            page.cross(row, AGREE, size)
        if word in {"disagree", "both"}:
            page.cross(row, DISAGREE, size)
    marks = page.marks()
    for word, candidate in zip(words, SQUARES.candidates, strict=True):
        assert marks[candidate].mark.value in {word, "doubtful"}


@given(
    start=st.tuples(st.floats(15, 195), st.floats(70, 270)),
    end=st.tuples(st.floats(15, 195), st.floats(70, 270)),
    width=st.floats(0.3, 1.2),
)
@PAGES
def test_one_straight_line_anywhere_strikes_at_most_one_name(
    start: tuple[float, float], end: tuple[float, float], width: float
) -> None:
    read = PAPER.page().pen([start, end], width).read()
    if isinstance(read, ReadPage):
        assert sum(mark.mark is Mark.STRUCK for mark in read.marks) <= 1


@given(share=st.floats(0.05, 0.45), at_start=st.booleans(), row=st.integers(0, 9))
@PAGES
def test_less_than_half_a_strike_is_never_struck(share: float, at_start: bool, row: int) -> None:
    page = PAPER.page()
    page = page.strike(row, end=share) if at_start else page.strike(row, start=1 - share)
    assert page.marks()[PAPER.candidates[row]].mark is not Mark.STRUCK


# --- files ------------------------------------------------------------------------------------------------------------

STARTS = [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*", b"%PDF-1.4\n", b"GIF89a", b"BM"]


@given(start=st.sampled_from(STARTS), rest=st.binary(max_size=300), index=st.integers(0, 3))
@VALUES
def test_loaders_never_raise_on_arbitrary_bytes(start: bytes, rest: bytes, index: int) -> None:
    data = start + rest
    pages = pages_in(data, "scan.x")
    assert isinstance(pages, Refusal) or pages >= 1
    page = load_page(data, "scan.x", index)
    if isinstance(page, Refusal):
        assert page.found
        assert page.expected


@cache
def whole_files() -> tuple[bytes, ...]:
    image = np.random.default_rng(1).integers(0, 255, (60, 40)).astype(np.uint8)
    return (jpeg_of(image), png_of(image), file_of([image], "TIFF"), g4_of([image, image]), file_of([image], "PDF"))


@given(which=st.integers(0, 4), place=st.floats(0, 1), byte=st.integers(0, 255), cut=st.booleans())
@VALUES
def test_loaders_never_raise_on_damaged_files(which: int, place: float, byte: int, cut: bool) -> None:
    data = bytearray(whole_files()[which])
    at = min(len(data) - 1, int(place * len(data)))
    data[at] = byte
    damaged = bytes(data[:at]) if cut else bytes(data)
    pages_in(damaged, "a")
    page = load_page(damaged, "a", 0)
    assert isinstance(page, Refusal) or (page.dtype == np.uint8 and page.ndim == 2)


@given(st.binary(max_size=64))
@VALUES
def test_every_file_is_of_one_known_kind_or_of_none(data: bytes) -> None:
    assert kind_of(data) in {"", "jpeg", "png", "tiff", "pdf"}


@given(height=st.integers(1, 30), width=st.integers(1, 30), seed=st.integers(0, 99), data=st.data())
@VALUES
def test_one_changed_pixel_changes_the_fingerprint(height: int, width: int, seed: int, data: st.DataObject) -> None:
    image = np.random.default_rng(seed).integers(0, 256, (height, width)).astype(np.uint8)
    changed = image.copy()
    y, x = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
    changed[y, x] ^= 1
    assert fingerprint(image) == fingerprint(image.copy())
    assert fingerprint(image) != fingerprint(changed)


# --- codes ------------------------------------------------------------------------------------------------------------


@given(st.text(max_size=80))
@VALUES
def test_codes_never_raise_and_say_only_what_they_were_given(text: str) -> None:
    identity = decode(text)
    assert identity is None or encode(identity) == text


@given(place=st.integers(0, 60), letter=st.characters())
@VALUES
def test_changed_code_is_another_identity_or_none(place: int, letter: str) -> None:
    identity = PAPER.prepared.identities[0]
    text = encode(identity)
    place %= len(text)
    changed = text[:place] + letter + text[place + 1 :]
    assert (decode(changed) == identity) is (changed == text)


# --- images and scores ------------------------------------------------------------------------------------------------


@given(height=st.integers(1, 60), width=st.integers(1, 60), grey=st.integers(0, 255), seed=st.integers(0, 9))
@settings(max_examples=30, deadline=None)
def test_reader_never_raises_on_small_images(height: int, width: int, grey: int, seed: int) -> None:
    image: GrayImage = np.random.default_rng(seed).integers(0, grey + 1, (height, width)).astype(np.uint8)
    refused = PAPER.read(image)
    assert isinstance(refused, Refusal)
    assert refused.found
    assert refused.expected


shares = st.floats(0, 1)
lengths = st.floats(0, 60)
name_scores = st.builds(
    NameScore,
    cover=shares,
    word_cover=st.tuples(shares, shares),
    evidence=shares,
    core_share=shares,
    gap_mm=lengths,
    below=shares,
    above=shares,
    faint_mm=lengths,
    largest_mm=lengths,
    area_mm2=lengths,
    beside_mm=lengths,
    hidden=shares,
    strokes=st.frozensets(st.integers(1, 4), max_size=3),
)


def square_scores(kind: object) -> st.SearchStrategy[SquareScore]:
    """Scores of a square of one kind."""
    return st.builds(
        SquareScore,
        kind=st.just(kind),
        extent_mm=st.floats(0, 6),
        breadth_mm=st.floats(0, 6),
        area_mm2=st.floats(0, 25),
        total_mm2=st.floats(0, 25),
        rim_mm2=st.floats(0, 8),
        faint=shares,
        hidden=shares,
        inside_share=shares,
        strokes=st.frozensets(st.integers(1, 4), max_size=3),
    )


name_rows = st.lists(name_scores, min_size=1, max_size=6)
square_rows = st.lists(st.tuples(square_scores(AGREE), square_scores(DISAGREE)), min_size=1, max_size=6)


@given(name_rows, st.frozensets(st.integers(0, 5)))
@VALUES
def test_every_name_gets_one_mark_and_every_doubt_a_reason(scores: list[NameScore], astray: frozenset[int]) -> None:
    rows = tuple(RowScore(f"c{k}", score, (), score.beside_mm) for k, score in enumerate(scores))
    marks = classify_page(rows, astray, DEFAULT)
    assert [mark.candidate for mark in marks] == [row.candidate for row in rows]
    for place, mark in enumerate(marks):
        assert mark.mark in {Mark.KEPT, Mark.STRUCK, Mark.DOUBTFUL}
        assert mark.proposal in {Mark.KEPT, Mark.STRUCK}
        assert bool(mark.reasons) is (mark.mark is Mark.DOUBTFUL)
        assert mark.mark is Mark.DOUBTFUL or mark.proposal is mark.mark
        assert place not in astray or mark.mark is Mark.DOUBTFUL


@given(square_rows, st.floats(0, 20))
@VALUES
def test_every_pair_of_squares_gets_one_mark(pairs: list[tuple[SquareScore, SquareScore]], beside: float) -> None:
    rows = tuple(RowScore(f"c{k}", None, pair, beside) for k, pair in enumerate(pairs))
    for mark in classify_page(rows, frozenset(), DEFAULT):
        assert mark.mark in {Mark.AGREE, Mark.DISAGREE, Mark.BOTH, Mark.NONE, Mark.DOUBTFUL}
        assert mark.proposal in {Mark.AGREE, Mark.DISAGREE, Mark.BOTH, Mark.NONE}
        assert bool(mark.reasons) is (mark.mark is Mark.DOUBTFUL)


@given(name_scores, name_scores)
@VALUES
def test_rows_without_a_common_stroke_do_not_change_each_other(one: NameScore, other: NameScore) -> None:
    one, other = replace(one, strokes=frozenset({1})), replace(other, strokes=frozenset({2}))
    rows = (RowScore("c1", one, (), one.beside_mm), RowScore("c2", other, (), other.beside_mm))
    both = classify_page(rows, frozenset(), DEFAULT)
    alone = tuple(classify_page((row,), frozenset(), DEFAULT)[0] for row in rows)
    assert both == alone
