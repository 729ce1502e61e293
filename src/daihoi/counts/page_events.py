"""A page as an event of the ledger, and back.

The event holds what the machine read and nothing that depends on other pages, on the clock or on which process read it.
Crops follow from the place of the event by name: crops/<image>-<page in the file>-<place on the list>.png.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeGuard

from daihoi.counts.answers import answers_in, closed_by
from daihoi.counts.pool import PageResult
from daihoi.counts.removals import PAGE_EVENTS, REMOVED, pages_removed_by, removed_in
from daihoi.counts.taking import Image, images_by_name
from daihoi.counts.terms import Removed, Seen, SeenForeign, SeenMark, SeenPage, SeenScan, SeenSlip
from daihoi.interchange.decisions import PAGE
from daihoi.ledger.chain import Entry
from daihoi.reading.terms import ReadPage, Refusal, RefusalReason
from daihoi.rules.terms import InvalidGround, Mark

CROPS = "crops"
_CLEAR: Mapping[object, Mark] = {mark.value: mark for mark in Mark if mark is not Mark.DOUBTFUL}


def mark_crop(image: int, index: int, place: int) -> str:
    """Where the crop of a doubtful mark lies; `place` on the list, from 1. Numbers alone: safe on every disk."""
    return f"{CROPS}/{image:05d}-{index:03d}-{place:03d}.png"


def ink_crop(image: int, index: int, place: int) -> str:
    """Where the crop of ink outside the targets lies; `place` among such ink of the page, from 1."""
    return f"{CROPS}/{image:05d}-{index:03d}-ink{place}.png"


def alike_crop(image: int, index: int) -> str:
    """Where a page lies side by side with the earlier one that looks like the same sheet."""
    return f"{CROPS}/{image:05d}-{index:03d}-alike.png"


def crops_of(read: ReadPage, image: Image, index: int, candidates: Sequence[str]) -> Mapping[str, bytes]:
    """The crops of one page by where they lie, to be on disk before the page's event."""
    crops = {
        mark_crop(image.number, index, candidates.index(mark.candidate) + 1): mark.crop
        for mark in read.marks
        if mark.mark is Mark.DOUBTFUL and mark.crop
    }
    for place, ink in enumerate(read.foreign, start=1):
        if ink.crop:
            crops[ink_crop(image.number, index, place)] = ink.crop
    return crops


def event_of(result: PageResult, file: str, index: int) -> tuple[str, dict[str, object]]:
    """The kind and the facts of the event for one page."""
    facts: dict[str, object] = {"file": file, "index": index}
    if result.pixels:
        facts["pixels_sha256"] = result.pixels
    if result.batch is not None:
        slip = result.batch
        return "batch.begun", facts | {"batch": slip.batch, "batches": slip.batches, "ballots": slip.ballots}
    if isinstance(result.outcome, Refusal):
        refusal = result.outcome
        return "page.refused", facts | {
            "reason": refusal.reason.value,
            "found": refusal.found,
            "expected": refusal.expected,
        }
    if result.alike:
        facts["alike"] = result.alike
    return "page.read", facts | _read_facts(result.outcome)


def _read_facts(read: ReadPage) -> dict[str, object]:
    doubtful = [mark for mark in read.marks if mark.mark is Mark.DOUBTFUL]
    # The ledger knows whole numbers alone: hundredths of a millimetre, thousandths of a dot per inch.
    return {
        "page": read.page,
        "marks": {mark.candidate: mark.mark.value for mark in read.marks},
        "proposals": {mark.candidate: mark.proposal.value for mark in doubtful},
        "doubts": {mark.candidate: [reason.value for reason in mark.reasons] for mark in doubtful},
        "foreign": [
            {
                "ground": ink.proposal.value,
                "box": [round(side * 100) for side in (ink.box.x, ink.box.y, ink.box.w, ink.box.h)],
            }
            for ink in read.foreign
        ],
        "turn": read.turn,
        "dpi_milli": round(read.dpi * 1000),
    }


def pages_seen(
    entries: Iterable[Entry], candidates: Sequence[str], known: dict[str, SeenPage] | None = None
) -> tuple[Seen, ...]:
    """Pages and slips in the order of the ledger, with the answers on pages between them at their place.

    `known`: pages taken out of their entries before, by the hash of the entry; grows by those that are new.
    """
    listed = tuple(entries)
    pages = {} if known is None else known
    images = images_by_name(listed)
    seen: list[Seen] = []
    for entry in listed:
        if entry.kind == "batch.begun":
            seen.append(_slip(entry, images[str(entry.facts["file"])]))
        elif entry.kind in PAGE_EVENTS:
            # The same entry is the same page, and most of the work: a ledger of hours is gone through again and again.
            if entry.hash not in pages:
                pages[entry.hash] = _page(entry, images[str(entry.facts["file"])], candidates)
            seen.append(pages[entry.hash])
        elif entry.kind == REMOVED:
            seen.append(Removed(pages_removed_by(entry)))
        elif (closed := closed_by(entry)) is not None:
            seen.append(closed)
    return _with_removals(tuple(seen), listed)


def _with_removals(seen: tuple[Seen, ...], entries: Sequence[Entry]) -> tuple[Seen, ...]:
    """The same, with what the removals among the entries mean for those before them."""
    gone = removed_in(entries)
    # Most counts hold no removal, and this is asked at every settling.
    if not gone:
        return seen
    answered = answers_in(entries).pages
    return tuple(_as_removed(one, gone, answered) for one in seen)


def _as_removed(one: Seen, gone: Collection[str], answered: Collection[str]) -> Seen:
    if isinstance(one, SeenScan) and one.ref in gone:
        return replace(one, removed=True)
    # What the board has said of the two scans holds; unanswered, there is only one scan left.
    if isinstance(one, SeenPage) and one.alike and PAGE + one.alike in gone and one.ref not in answered:
        return replace(one, alike_gone=True)
    return one


def _slip(entry: Entry, image: Image) -> SeenSlip:
    index, batch, batches, ballots = (entry.whole(name) for name in ("index", "batch", "batches", "ballots"))
    return SeenSlip(image.file, index, image.sha256, image.stored, batch, batches, ballots)


def _page(entry: Entry, image: Image, candidates: Sequence[str]) -> SeenPage:
    facts = entry.facts
    index = entry.whole("index")
    if entry.kind == "page.refused":
        refusal = Refusal(RefusalReason(str(facts["reason"])), str(facts["found"]), str(facts["expected"]))
        return SeenPage(image.file, index, image.sha256, image.stored, refusal=refusal)
    marks, proposals, doubts = _table(facts["marks"]), _table(facts["proposals"]), _table(facts["doubts"])
    foreign = facts["foreign"] if _is_list(facts["foreign"]) else ()
    return SeenPage(
        image.file,
        index,
        image.sha256,
        image.stored,
        page=entry.whole("page"),
        turn=entry.whole("turn") if "turn" in facts else None,
        marks=tuple(
            SeenMark(candidate, clear, clear)
            if (clear := _CLEAR.get(marks[candidate]))
            else _doubt(candidate, proposals, doubts, mark_crop(image.number, index, place))
            for place, candidate in enumerate(candidates, start=1)
            if candidate in marks
        ),
        foreign=tuple(
            SeenForeign(InvalidGround(str(_table(ink)["ground"])), ink_crop(image.number, index, place))
            for place, ink in enumerate(foreign, start=1)
        ),
        alike=(alike := str(facts.get("alike", ""))),
        alike_crop=alike_crop(image.number, index) if alike else "",
    )


def _doubt(candidate: str, proposals: Mapping[str, object], doubts: Mapping[str, object], crop: str) -> SeenMark:
    reasons = doubts.get(candidate)
    return SeenMark(
        candidate,
        Mark.DOUBTFUL,
        Mark(str(proposals[candidate])),
        tuple(str(reason) for reason in reasons) if _is_list(reasons) else (),
        crop,
    )


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, list | tuple)
