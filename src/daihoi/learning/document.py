"""SHEET.json of a learned ballot: sheet.json of our own ballots, with rows, words, names and the kept pages besides.

A person may correct it in any editor; so whatever is read back is checked, and a fault is told with its place.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from daihoi.learning.errors import SheetMalformedError
from daihoi.learning.terms import LearnedPage, LearnedSheet, LearnedTarget
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Rect, TargetKind

FORMAT = "daihoi-learned-sheet/1"
MOST_PEOPLE = 200
LEAST_BOX_MM = 1.5
FARTHEST_MM = 1000.0


def dump(sheet: LearnedSheet) -> bytes:
    """The bytes of SHEET.json."""
    document = {
        "format": FORMAT,
        "page_mm": [int(PAGE_W_MM), int(PAGE_H_MM)],
        "paper_mm": [round(side, 2) for side in sheet.paper],
        "stamp_mm": _box(sheet.stamp),
        "pages": [
            {"raster": page.raster, "sha256": page.sha256, "targets": [_target(target) for target in page.targets]}
            for page in sheet.pages
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _target(target: LearnedTarget) -> dict[str, object]:
    said: dict[str, object] = {"candidate": target.candidate}
    if target.name:
        said["name"] = target.name
    said |= {"kind": target.kind.value, "box_mm": _box(target.box), "row_mm": _box(target.row)}
    if target.name_at is not None:
        said["name_mm"] = _box(target.name_at)
    if target.words:
        said["words_mm"] = [[round(a, 2), round(b, 2)] for a, b in target.words]
    return said


def _box(rect: Rect) -> list[float]:
    return [round(value, 2) for value in (rect.x, rect.y, rect.w, rect.h)]


def is_learned(data: bytes) -> bool:
    """Whether these bytes of a sheet.json say that the ballot was learned and not printed by us."""
    try:
        document = json.loads(data)
    except ValueError:
        return False
    return isinstance(document, dict) and document.get("format") == FORMAT


def load(data: bytes, path: Path) -> LearnedSheet:
    """The sheet in these bytes. Raises SheetMalformedError, which names the place."""
    try:
        document = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        raise SheetMalformedError(path=str(path), place="$", expected="JSON") from None
    return _Reading(path).sheet(document)


class _Reading:
    """Walks a document and keeps the path for its errors."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def wrong(self, place: str, expected: str) -> SheetMalformedError:
        return SheetMalformedError(path=str(self.path), place=place, expected=expected)

    def sheet(self, document: Any) -> LearnedSheet:
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            raise self.wrong("format", FORMAT)
        paper = self.numbers(document.get("paper_mm"), "paper_mm", 2)
        if not all(50 <= side <= 300 for side in paper):
            raise self.wrong("paper_mm", "50-300")
        pages = document.get("pages")
        if not isinstance(pages, list) or len(pages) not in (1, 2):
            raise self.wrong("pages", "1-2")
        stamp = self.rect(document.get("stamp_mm"), "stamp_mm", least=0.0)
        sheet = LearnedSheet(
            (paper[0], paper[1]), stamp, tuple(self.page(page, f"pages[{n}]") for n, page in enumerate(pages))
        )
        if not 1 <= len(sheet.people) <= MOST_PEOPLE:
            raise self.wrong("pages", f"1-{MOST_PEOPLE} candidates")
        self.check_people(sheet)
        return sheet

    def page(self, page: Any, place: str) -> LearnedPage:
        if not isinstance(page, dict) or not isinstance(page.get("targets"), list):
            raise self.wrong(f"{place}.targets", "list")
        raster, digest = page.get("raster"), page.get("sha256")
        # The name is joined to the folder of the sheet: it must not lead out of it.
        if not isinstance(raster, str) or not raster or set(raster) & set("/\\:\0") or raster.startswith("."):
            raise self.wrong(f"{place}.raster", "PNG")
        if not isinstance(digest, str) or len(digest) != 64:
            raise self.wrong(f"{place}.sha256", "SHA-256")
        targets = tuple(self.target(one, f"{place}.targets[{n}]") for n, one in enumerate(page["targets"]))
        return LearnedPage(targets, raster, digest)

    def target(self, one: Any, place: str) -> LearnedTarget:
        if not isinstance(one, dict):
            raise self.wrong(place, "{}")
        candidate, name, kind = one.get("candidate"), one.get("name", ""), one.get("kind")
        if not isinstance(candidate, str) or not candidate or len(candidate) > 40:
            raise self.wrong(f"{place}.candidate", "id")
        if not isinstance(name, str):
            raise self.wrong(f"{place}.name", "text")
        if kind not in list(TargetKind):
            raise self.wrong(f"{place}.kind", " | ".join(TargetKind))
        box, row = self.rect(one.get("box_mm"), f"{place}.box_mm"), self.rect(one.get("row_mm"), f"{place}.row_mm")
        beside = row.x > box.x + 1 or box.right > row.right + 1
        if beside or row.y > box.y + 1 or box.bottom > row.bottom + 1:
            raise self.wrong(f"{place}.box_mm", "row_mm")
        name_at = self.rect(one["name_mm"], f"{place}.name_mm") if "name_mm" in one else None
        words = self.words(one.get("words_mm", []), f"{place}.words_mm")
        return LearnedTarget(candidate, TargetKind(kind), box, row, words, name_at, name)

    def words(self, value: Any, place: str) -> tuple[tuple[float, float], ...]:
        if not isinstance(value, list):
            raise self.wrong(place, "[[mm, mm]]")
        pairs = [self.numbers(pair, f"{place}[{n}]", 2) for n, pair in enumerate(value)]
        if any(not 0 <= a < b <= PAGE_W_MM for a, b in pairs):
            raise self.wrong(place, "[[mm, mm]]")
        return tuple((a, b) for a, b in pairs)

    def rect(self, value: Any, place: str, least: float = LEAST_BOX_MM) -> Rect:
        x, y, w, h = self.numbers(value, place, 4)
        if x < 0 or y < 0 or min(w, h) < least or x + w > PAGE_W_MM or y + h > PAGE_H_MM:
            raise self.wrong(place, f"0-{PAGE_W_MM:.0f} x 0-{PAGE_H_MM:.0f} mm")
        return Rect(x, y, w, h)

    def numbers(self, value: Any, place: str, count: int) -> list[float]:
        if not isinstance(value, list) or len(value) != count:
            raise self.wrong(place, f"{count} mm")
        for one in value:
            # NaN is less than nothing, and an integer may be too long for a float.
            if isinstance(one, bool) or not isinstance(one, int | float) or not abs(one) < FARTHEST_MM:
                raise self.wrong(place, f"{count} mm")
        # As `dump` writes them: the sheet in the count must be the one that was given.
        return [round(float(one), 2) for one in value]

    def check_people(self, sheet: LearnedSheet) -> None:
        """Every candidate stands once, on one page, with the same kinds of targets as all the others."""
        kinds: dict[str, list[TargetKind]] = {}
        for place, candidate, kind in _every(sheet):
            listed = kinds.setdefault(candidate, [])
            if kind in listed:
                raise self.wrong(place, f"{candidate}: {kind.value}")
            listed.append(kind)
        wanted = {frozenset(one) for one in kinds.values()}
        ways = {
            frozenset({TargetKind.NAME}),
            frozenset({TargetKind.AGREE}),
            frozenset({TargetKind.AGREE, TargetKind.DISAGREE}),
        }
        if len(wanted) != 1 or not wanted <= ways:
            raise self.wrong("pages", "name | agree | agree + disagree")
        on_page = [{target.candidate for target in page.targets} for page in sheet.pages]
        if any(one & other for one, other in itertools.combinations(on_page, 2)):
            raise self.wrong("pages", "1")


def _every(sheet: LearnedSheet) -> Iterator[tuple[str, str, TargetKind]]:
    for number, page in enumerate(sheet.pages):
        for index, target in enumerate(page.targets):
            yield f"pages[{number}].targets[{index}].kind", target.candidate, target.kind
