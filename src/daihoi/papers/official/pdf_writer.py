"""The description as PDF, set by typst with the fonts of this package: no clock, no system fonts, no markup in data."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path

import typst

from daihoi.papers.official.blocks import Block, Closing, Description, Signing, Table
from daihoi.papers.official.codes import QR_MM, qr_png

_FONTS = Path(__file__).parent.parent / "fonts"
_TEMPLATE = Path(__file__).parent / "official.typ"


@dataclass(frozen=True)
class Gap:
    """Where the two signatories of a paper sign: `page` from 0, its end in mm from the top of the page, its height."""

    page: int
    bottom_mm: float
    high_mm: float = 24.0


def pdf(description: Description) -> bytes:
    """A PDF with embedded Tinos; equal descriptions give equal bytes."""
    made = typst.compile(
        _TEMPLATE, font_paths=[_FONTS], ignore_system_fonts=True, format="pdf", sys_inputs=_inputs(description)
    )
    return made


def signing_gap(description: Description) -> Gap:
    """Where the signatures of a paper with a `Closing` stand in its PDF. Raises LookupError for a paper without one."""
    asked = typst.query(
        _TEMPLATE,
        "<signing>",
        field="value",
        font_paths=[_FONTS],
        ignore_system_fonts=True,
        sys_inputs=_inputs(description),
    )
    found = json.loads(asked)
    if not found:
        raise LookupError(description.title)
    return Gap(int(found[0]["page"]) - 1, float(found[0]["bottom_mm"]))


def _inputs(description: Description) -> dict[str, str]:
    """The text goes in as JSON beside the template, so no letter of it is ever read as typst markup."""
    paper = {
        "title": description.title,
        "about": description.about,
        "running": description.running,
        "profile": {**dataclasses.asdict(description.profile), "qr_mm": QR_MM},
        "blocks": [_tagged(block) for block in description.blocks],
    }
    return {"paper": json.dumps(paper, ensure_ascii=False)}


def _tagged(block: Block) -> dict[str, object]:
    told: dict[str, object] = {"block": type(block).__name__, **dataclasses.asdict(block)}
    if isinstance(block, Closing):
        told["qr"] = list(qr_png(block.digest.payload))
    if isinstance(block, Signing) and block.payload:
        told["qr"] = list(qr_png(block.payload))
    if isinstance(block, Table):
        told["whole"] = block.whole
        told["endless"] = [row.endless for row in block.rows]
    return told
