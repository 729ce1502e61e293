"""The vocabulary of review.csv: what the board may answer for a mark, a ballot and a refused page."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from daihoi.interchange.ballot_lines import MARKS_OF_FORM
from daihoi.interchange.json_lines import object_of
from daihoi.rules.terms import BallotForm, InvalidGround, Mark

PAGE = "page:"
"""Begins the `ballot` of a row about a refused page: page:<file>#<index>."""

KEYED = "keyed:"
VALID = "valid"


class PageWord(StrEnum):
    """What became of a page that asks: refused, without partner, alike to another, or the slip of a batch."""

    RESCANNED = "rescanned"
    NOT_A_BALLOT = "not_a_ballot"
    NOT_ISSUED = "NOT_ISSUED"
    A_BALLOT = "a_ballot"
    """Of a page that looks like one scanned before: both are ballots."""
    RECOUNTED = "recounted"
    """Of a separator slip: the batch was counted again by hand and the scans are right."""


class Place(StrEnum):
    """What a row of review.csv is about."""

    MARK = "mark"
    BALLOT = "ballot"
    PAGE = "page"


@dataclass(frozen=True)
class Refused:
    """A word that is no answer here, with the answers that are."""

    found: str
    allowed: tuple[str, ...]


def place_of(ballot: str, candidate: str) -> Place:
    """What a row is about."""
    if candidate:
        return Place.MARK
    return Place.PAGE if ballot.startswith(PAGE) else Place.BALLOT


def page_name(file: str, index: int) -> str:
    """The `ballot` of a row about a refused page."""
    return f"{PAGE}{file}#{index}"


def page_of(ballot: str) -> tuple[str, int] | None:
    """File and index of page:<file>#<index>; None when it is not of that form. A file's name may hold # itself."""
    file, sharp, index = ballot.removeprefix(PAGE).rpartition("#")
    if not ballot.startswith(PAGE) or not sharp or not (index.isascii() and index.isdigit()):
        return None
    return file, int(index)


def keyed(marks: Mapping[str, Mark]) -> str:
    """The answer that keys the marks of a refused page by hand."""
    return KEYED + json.dumps(dict(marks), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def keyed_marks(decision: str) -> dict[str, Mark] | None:
    """The marks in a `keyed:` answer; None when they cannot be read."""
    if not decision.startswith(KEYED):
        return None
    try:
        held = object_of(decision.removeprefix(KEYED))
        if not isinstance(held, dict) or not held:
            return None
        return {str(candidate): Mark(str(mark).strip().lower()) for candidate, mark in held.items()}
    except ValueError:
        return None


def answers(place: Place, form: BallotForm | None = None) -> tuple[str, ...]:
    """The words that may be answered at such a place; `doubtful` is no answer."""
    if place is Place.MARK:
        marks = tuple(Mark) if form is None else MARKS_OF_FORM[form]
        return tuple(str(mark) for mark in marks if mark is not Mark.DOUBTFUL)
    if place is Place.BALLOT:
        return (VALID, *InvalidGround)
    return (*PageWord, KEYED + '{"c01":"...", ...}')


def answer(place: Place, text: str, form: BallotForm | None = None) -> str | Refused:
    """The answer as its code, typed in any case or in the Vietnamese of the screen; Refused when it is none.

    An empty text is no answer yet and comes back empty.
    """
    typed = text.strip()
    allowed = answers(place, form)
    if place is Place.PAGE and typed[: len(KEYED)].lower() == KEYED:
        return _keyed(typed, allowed, form)
    # Spreadsheets write VALID and Not_Issued as they like.
    spelled = {word.lower(): word for word in allowed} | {"": ""}
    said = spelled.get(typed.lower())
    if said is None and (code := _VIETNAMESE.get(bare(typed))) in allowed:
        said = code
    return Refused(typed, allowed) if said is None else said


def bare(text: str) -> str:
    """The letters without their accents, in lower case, with single blanks: keyboards at the table often lack them."""
    letters = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).casefold().replace("đ", "d"))
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


_TYPED: Mapping[str, str] = {
    word: str(code)
    for word, code in {
        "gạch": Mark.STRUCK,
        "để lại": Mark.KEPT,
        "đồng ý": Mark.AGREE,
        "không đồng ý": Mark.DISAGREE,
        "cả hai": Mark.BOTH,
        "cả hai ô": Mark.BOTH,
        "không đánh dấu": Mark.NONE,
        "không ô nào": Mark.NONE,
        "hợp lệ": VALID,
        "quét lại": PageWord.RESCANNED,
        "đã quét lại": PageWord.RESCANNED,
        "không phải phiếu": PageWord.NOT_A_BALLOT,
        "không phải phiếu bầu": PageWord.NOT_A_BALLOT,
        "là phiếu": PageWord.A_BALLOT,
        "là một phiếu riêng": PageWord.A_BALLOT,
        "đã đếm lại": PageWord.RECOUNTED,
        "đã đếm lại bằng tay": PageWord.RECOUNTED,
        "không do ban kiểm phiếu phát ra": InvalidGround.NOT_ISSUED,
        "ký tên hoặc viết thêm": InvalidGround.SIGNED_OR_EXTRA_TEXT,
        "người ngoài danh sách": InvalidGround.OUTSIDE_NAME,
        "đánh dấu riêng": InvalidGround.DISTINGUISHING_MARK,
        "bầu quá số lượng": InvalidGround.OVER_VOTE,
        "không bầu cho ai": InvalidGround.VOTES_NOBODY,
        "đánh dấu cả hai ô": InvalidGround.SINGLE_BOTH,
        "không đánh dấu ô nào": InvalidGround.SINGLE_NONE,
    }.items()
}
_VIETNAMESE: Mapping[str, str] = {bare(word): code for word, code in _TYPED.items()}
VIETNAMESE_OF: Mapping[str, str] = {code: word for word, code in reversed(list(_TYPED.items()))}
"""What may be typed in Vietnamese for each code, the shortest way."""


def _keyed(typed: str, allowed: tuple[str, ...], form: BallotForm | None) -> str | Refused:
    marks = keyed_marks(KEYED + typed[len(KEYED) :])
    if marks is None:
        return Refused(typed, allowed)
    words = answers(Place.MARK, form)
    wrong = [mark for mark in marks.values() if mark not in words]
    return Refused(typed, tuple(KEYED + word for word in words)) if wrong else keyed(marks)
