"""SHEET.json there and back, its schema, and what a person may spoil in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from daihoi.learning.document import FORMAT, dump, is_learned, load
from daihoi.learning.errors import SheetMalformedError
from daihoi.learning.terms import LearnedPage, LearnedSheet, LearnedTarget
from daihoi.sheet.terms import Rect, TargetKind
from daihoi.words.errors import sentence

SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "learned-sheet.json"
HERE = Path("sheet.json")


def target(number: int, kind: TargetKind = TargetKind.NAME, **more: Any) -> LearnedTarget:
    row = Rect(20, 60 + 10 * number, 150, 9.5)
    box = Rect(40 + 30 * (kind is TargetKind.DISAGREE), 62 + 10 * number, 25, 5)
    return LearnedTarget(f"t{number:02d}", kind, box, row, ((40.0, 50.0), (52.0, 65.0)), box, **more)


def sheet(*targets: LearnedTarget) -> LearnedSheet:
    page = LearnedPage(targets or (target(1, name="Vì Thị Anh"), target(2)), "sheet.page-1.png", "0" * 64)
    return LearnedSheet((210.0, 297.0), Rect(3, 3, 90, 40), (page,))


def document(**more: Any) -> dict[str, Any]:
    made = json.loads(dump(sheet()))
    return {**made, **more}


def spoiled(change: dict[str, Any]) -> SheetMalformedError:
    with pytest.raises(SheetMalformedError) as caught:
        load(json.dumps(change).encode(), HERE)
    said = sentence(caught.value)
    assert str(caught.value.fields["place"]) in said
    return caught.value


def test_sheet_comes_back_as_it_was() -> None:
    assert load(dump(sheet()), HERE) == sheet()
    boxes = sheet(target(1, TargetKind.AGREE), target(1, TargetKind.DISAGREE))
    assert load(dump(boxes), HERE) == boxes


def test_sheet_keeps_to_its_schema() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(document())
    assert not Draft202012Validator(schema).is_valid({**document(), "pages": []})


def test_learned_sheets_are_told_from_our_own() -> None:
    assert is_learned(dump(sheet()))
    assert not is_learned(b'{"page_mm": [210, 297]}')
    assert not is_learned(b"[1]")
    assert not is_learned(b"{")


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[]", b"12", b"[" * 100_000], ids=lambda d: repr(d[:6]))
def test_what_is_no_json_object_is_refused(data: bytes) -> None:
    with pytest.raises(SheetMalformedError):
        load(data, HERE)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("format", "daihoi-learned-sheet/2"),
        ("paper_mm", [210]),
        ("paper_mm", [2100, 297]),
        ("stamp_mm", [0, 0, "a", 1]),
        ("pages", []),
        ("pages", [{}, {}, {}]),
        ("pages", [{"targets": []}]),
        ("pages", [{"targets": [], "raster": "a.png", "sha256": "0" * 64}]),
        ("pages", {"0": 1}),
    ],
)
def test_spoiled_document_names_its_place(key: str, value: object) -> None:
    assert str(spoiled(document(**{key: value})).fields["place"]).startswith(key)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("candidate", ""),
        ("candidate", 7),
        ("kind", "both"),
        ("name", 3),
        ("box_mm", [0, 0, 10]),
        ("box_mm", [40, 62, 0, 5]),
        ("box_mm", [205, 62, 25, 5]),
        ("box_mm", [40, 62, True, 5]),
        ("box_mm", [40, 162, 25, 5]),
        ("row_mm", [40, -1, 25, 5]),
        ("words_mm", [[50, 40]]),
        ("words_mm", "all"),
        ("name_mm", None),
    ],
)
def test_spoiled_target_names_its_place(key: str, value: object) -> None:
    made = document()
    made["pages"][0]["targets"][1][key] = value
    assert spoiled(made).fields["place"].startswith("pages[0].targets[1]")  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["../a.png", "a/b.png", "C:\\a.png", "", ".hidden", "a\0b"])
def test_kept_page_stays_beside_the_sheet(name: str) -> None:
    made = document()
    made["pages"][0]["raster"] = name
    assert spoiled(made).fields["place"] == "pages[0].raster"


def test_candidate_stands_once() -> None:
    spoiled(json.loads(dump(sheet(target(1), target(1)))))
    two = json.loads(dump(sheet()))
    spoiled({**two, "pages": [two["pages"][0], two["pages"][0]]})


def test_all_candidates_are_marked_in_one_way() -> None:
    spoiled(json.loads(dump(sheet(target(1), target(2, TargetKind.AGREE)))))
    spoiled(json.loads(dump(sheet(target(1, TargetKind.DISAGREE)))))


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, one in inner for found in paths(one, (*path, key)))]


NONSENSE = st.one_of(
    st.none(), st.booleans(), st.integers(-500, 500), st.floats(), st.text(max_size=8), st.just([]), st.just({})
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(paths(document())[1:]), NONSENSE)
@example(("stamp_mm", 0), 0.125)
@example(("stamp_mm", 0), 10**400)
@example(("stamp_mm", 0), float("nan"))
def test_no_edit_raises_anything_else(path: tuple[Any, ...], value: object) -> None:
    made = document()
    place: Any = made
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    try:
        read = load(json.dumps(made).encode(), HERE)
    except SheetMalformedError:
        return
    assert load(dump(read), HERE) == read
    assert made["format"] == FORMAT
