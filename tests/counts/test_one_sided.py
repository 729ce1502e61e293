"""Fronts of a pile and then its backs: joined where they are as many, else every page asks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daihoi.counts.count import count
from daihoi.counts.deciding import decide
from daihoi.counts.errors import BacksDecided, UnknownRow
from daihoi.counts.one_sided import Backs, backs_in, pair_passes
from daihoi.counts.pairing import refused_on
from daihoi.counts.terms import Closed, SeenPage, SeenSlip, Sheet
from daihoi.interchange import review_file
from daihoi.ledger.chain import Entry
from daihoi.reading.terms import Refusal, RefusalReason
from daihoi.verify.sheets import History, Page, Slip, sheets_of
from tests.counts.stand_in import (
    CONTEST,
    NOW,
    STAND_IN,
    answer,
    election_text,
    events_of,
    lines_of,
    outputs_of,
    refused,
    rows_of,
    scan,
    write_election,
    write_scans,
)

Event = SeenPage | SeenSlip | Closed
STRUCK = {"c98": "struck", "c99": "struck", "c100": "struck"}
SIDES = {"F": 1, "B": 2, "X": 0}


def events(text: str) -> list[Event]:
    """F front, B back, X refused; a small letter lies in another folder; | is a slip, ! answers the page before it."""
    seen: list[Event] = []
    for number, letter in enumerate(text):
        name = f"{'a' if letter.isupper() else 'b'}/{number}.jpg"
        if letter == "|":
            seen.append(SeenSlip(f"a/{number}.jpg", 0, "", "", 1, 1, 1))
        elif letter == "!":
            seen += [Closed(one.ref) for one in seen[-1:] if isinstance(one, SeenPage)]
        else:
            side = SIDES[letter.upper()]
            refusal = None if side else Refusal(RefusalReason.DISTORTED)
            seen.append(SeenPage(name, 0, "", "", page=side, refusal=refusal))
    return seen


def told(sheets: tuple[Sheet, ...]) -> list[str]:
    """Each sheet as its number and the places of its pages, - for a side that never came."""
    return [
        f"{sheet.number}:" + "".join("-" if page is None else page.file[2:-4] for page in sheet.sides)
        for sheet in sheets
    ]


@pytest.mark.parametrize(
    ("text", "same", "reverse"),
    [
        ("", [], []),
        ("FB", ["1:01"], ["1:01"]),
        ("FFBB", ["1:02", "2:13"], ["1:03", "2:12"]),
        ("FXBX", ["1:02", "2:13"], ["1:03", "2:12"]),
        ("FFB", ["1:0-", "2:1-", "3:-2"], None),
        ("FBB", ["1:0-", "2:-1", "3:-2"], None),
        ("FBFB", ["1:0-", "2:-1", "3:2-", "4:-3"], None),
        ("BBFF", ["1:-0", "2:-1", "3:2-", "4:3-"], None),
        ("FFBBffbb", ["1:02", "2:13", "5:46", "6:57"], ["1:03", "2:12", "5:47", "6:56"]),
        ("FB|FB", ["1:01", "3:34"], ["1:01", "3:34"]),
        ("FF|BB", ["1:0-", "2:1-", "3:-3", "4:-4"], None),
        ("FB!FB", ["1:01", "3:34"], ["1:01", "3:34"]),
        ("FF!BB", ["1:0-", "2:1-", "3:-3", "4:-4"], None),
        ("F", ["1:0-"], None),
        ("XX", ["1:01"], ["1:01"]),
    ],
)
def test_piles_are_joined_when_the_numbers_agree(text: str, same: list[str], reverse: list[str] | None) -> None:
    assert told(pair_passes(events(text), Backs.SAME)) == same
    assert told(pair_passes(events(text), Backs.REVERSED)) == (same if reverse is None else reverse)


TEXTS = st.text("FFBBXfb|!", max_size=14).filter(
    lambda text: not text.startswith("!") and "!!" not in text and "|!" not in text
)
ORDERS = st.sampled_from([Backs.SAME, Backs.REVERSED])


@given(TEXTS, ORDERS)
def test_every_page_stands_on_one_sheet_and_numbers_rise(text: str, backs: Backs) -> None:
    seen = events(text)
    sheets = pair_passes(seen, backs)
    placed = [page.ref for sheet in sheets for page in sheet.pages]
    assert sorted(placed) == sorted(one.ref for one in seen if isinstance(one, SeenPage))
    numbers = [sheet.number for sheet in sheets]
    assert numbers == sorted(set(numbers))


@given(TEXTS, TEXTS, ORDERS)
def test_what_comes_in_another_folder_moves_no_earlier_sheet(text: str, more: str, backs: Backs) -> None:
    before = pair_passes(events(text.upper()), backs)
    after = pair_passes([*events(text.upper()), *events("".join(one.lower() for one in more if one in "FBX"))], backs)
    assert told(after)[: len(before)] == told(before)


@given(TEXTS, ORDERS)
def test_a_side_of_one_paper_is_never_joined_to_two(text: str, backs: Backs) -> None:
    for sheet in pair_passes(events(text), backs):
        front, back = sheet.sides
        assert front is None or front.page != 2
        assert back is None or back.page != 1
        if front is not None and back is not None:
            assert front.file.split("/")[0] == back.file.split("/")[0]
        elif all(page.refusal is None for page in sheet.pages):
            assert refused_on(sheet)


@given(TEXTS, ORDERS)
def test_verifier_joins_the_same_pages_under_the_same_numbers(text: str, backs: Backs) -> None:
    seen = events(text)
    history = History(backs=backs.value)
    for one in seen:
        if isinstance(one, SeenPage):
            history.order.append(Page((one.file, 0), "0" * 64, one.page))
        else:
            history.order.append(one.ref if isinstance(one, Closed) else Slip((one.file, 0), one.key))
    theirs = [
        f"{number}:" + "".join("-" if page is None else page.place[0][2:-4] for page in sheet)
        for number, sheet in enumerate(sheets_of(history, 2), 1)
        if any(sheet)
    ]
    assert theirs == told(pair_passes(seen, backs))


def test_order_is_the_one_that_was_said_last() -> None:
    said = [Entry(seq, "backs.ordered", {"backs": order.value}, "", "") for seq, order in enumerate(Backs)]
    assert backs_in(said) is list(Backs)[-1]
    assert backs_in(said[:2]) is list(Backs)[1]
    assert backs_in([]) is Backs.BETWEEN


def _table(folder: Path, collected: int) -> Path:
    return write_election(folder, election_text(candidates=100, seats=97, collected=collected))


def _pages(fronts: int, backs: int) -> list[bytes]:
    pages = [scan(page=1, salt=number) for number in range(fronts)]
    return pages + [scan(page=2, marks=STRUCK, salt=100 + number) for number in range(backs)]


def _run(election: Path, scans: Path, out: Path, backs: Backs | None = None) -> None:
    count(election, CONTEST, scans=scans, out=out, workers=1, scanner=STAND_IN, backs=backs)


@pytest.mark.parametrize(("backs", "seconds"), [(Backs.SAME, ["4", "5", "6"]), (Backs.REVERSED, ["6", "5", "4"])])
def test_count_of_a_one_sided_scanner(tmp_path: Path, backs: Backs, seconds: list[str]) -> None:
    election, scans = _table(tmp_path, 3), write_scans(tmp_path / "scans", _pages(3, 3))
    _run(election, scans, tmp_path / "COUNT", backs)

    lines = lines_of(tmp_path / "COUNT" / "ballots.jsonl")
    assert [[page["file"] for page in line["pages"]] for line in lines] == [  # type: ignore[attr-defined]
        [f"{number}.jpg", f"{second}.jpg"] for number, second in zip((1, 2, 3), seconds, strict=True)
    ]
    assert rows_of(tmp_path / "COUNT") == {}


def test_pile_with_a_back_too_few_is_refused_page_by_page(tmp_path: Path) -> None:
    election, scans = _table(tmp_path, 3), write_scans(tmp_path / "scans", _pages(3, 2))
    _run(election, scans, tmp_path / "COUNT", Backs.SAME)

    reasons = [row.reason for row in rows_of(tmp_path / "COUNT").values()]
    assert reasons == ["missing_back"] * 3 + ["missing_front"] * 2


def test_order_can_be_said_later_as_long_as_nobody_answered(tmp_path: Path) -> None:
    election, scans = _table(tmp_path, 2), write_scans(tmp_path / "scans", _pages(2, 2))
    _run(election, scans, tmp_path / "COUNT")
    _run(election, scans, tmp_path / "COUNT", Backs.REVERSED)
    _run(election, scans, tmp_path / "COUNT")

    assert backs_in(events_of(tmp_path / "COUNT")) is Backs.REVERSED
    assert len(lines_of(tmp_path / "COUNT" / "ballots.jsonl")) == 2


def test_order_is_fixed_once_the_board_has_answered(tmp_path: Path) -> None:
    election, scans = _table(tmp_path, 2), write_scans(tmp_path / "scans", [*_pages(2, 1), refused()])
    _run(election, scans, tmp_path / "COUNT", Backs.SAME)
    answer(tmp_path / "COUNT", {("page:4.jpg#0", ""): "rescanned"})
    kept = outputs_of(tmp_path / "COUNT")

    with pytest.raises(BacksDecided):
        _run(election, scans, tmp_path / "COUNT", Backs.REVERSED)
    assert outputs_of(tmp_path / "COUNT") == kept


def test_order_is_fixed_while_answers_stand_typed_in_the_review_file(tmp_path: Path) -> None:
    doubt = {"c99": "struck"}
    pages = [scan(page=1, salt=1), scan(page=1, salt=2)]
    pages += [scan(page=2, marks=STRUCK, doubt=doubt, salt=number) for number in (3, 4)]
    election, scans, out = _table(tmp_path, 2), write_scans(tmp_path / "scans", pages), tmp_path / "COUNT"
    _run(election, scans, out)
    # The second front took the back of the first paper.
    rows = [replace(row, decision="kept" if row.ballot == "b0002" else "") for row in rows_of(out).values()]
    (out / "review.csv").write_bytes(review_file.dump(rows))

    with pytest.raises(BacksDecided):
        _run(election, scans, out, Backs.SAME)
    assert backs_in(events_of(out)) is Backs.BETWEEN


def test_review_file_of_another_order_is_refused(tmp_path: Path) -> None:
    pages = [scan(page=1, salt=1), scan(page=1, salt=2)]
    pages += [scan(page=2, marks=STRUCK, doubt={"c99": "struck"}, salt=number) for number in (3, 4)]
    election, scans, out = _table(tmp_path, 2), write_scans(tmp_path / "scans", pages), tmp_path / "COUNT"
    _run(election, scans, out)
    rows = [replace(row, decision="kept" if row.ballot == "b0002" else "") for row in rows_of(out).values()]
    (tmp_path / "board.csv").write_bytes(review_file.dump(rows))
    _run(election, scans, out, Backs.SAME)

    with pytest.raises(UnknownRow):
        decide(out, tmp_path / "board.csv", by="Lò Văn An", now=NOW)


def test_order_that_is_said_again_is_nothing_new(tmp_path: Path) -> None:
    election, scans = _table(tmp_path, 2), write_scans(tmp_path / "scans", _pages(2, 2))
    _run(election, scans, tmp_path / "COUNT", Backs.SAME)
    kept = outputs_of(tmp_path / "COUNT")
    _run(election, scans, tmp_path / "COUNT", Backs.SAME)

    assert outputs_of(tmp_path / "COUNT") == kept
