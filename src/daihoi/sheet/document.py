"""sheet.json: where the targets stand on paper, for any program that reads the ballots."""

from __future__ import annotations

from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, PagePlan, Rect, SheetPlan


def sheet_document(plan: SheetPlan) -> dict[str, object]:
    """The contract of sheet.json: millimetres from the top left of the page, to 0.01 mm."""
    return {
        "page_mm": [int(PAGE_W_MM), int(PAGE_H_MM)],
        "stamp_mm": _box(plan.stamp),
        "pages": [{"targets": _targets(page)} for page in plan.pages],
    }


def _targets(page: PagePlan) -> list[dict[str, object]]:
    return [
        {"candidate": target.candidate, "kind": target.kind.value, "box_mm": _box(target.box)}
        for target in page.targets
    ]


def _box(rect: Rect) -> list[float]:
    return [round(value, 2) for value in (rect.x, rect.y, rect.w, rect.h)]
