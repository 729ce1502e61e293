"""A comparison as files: differences.csv for people, compare.json for programs, crops of both beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from daihoi.counts.comparing.crops import pictures_of
from daihoi.counts.comparing.terms import Comparison, Difference, FigureLine, Leaf, Pass
from daihoi.counts.disk import write_whole, writing
from daihoi.counts.errors import OutNotOurs
from daihoi.interchange import spreadsheet
from daihoi.ledger import canonical

DIFFERENCES = "differences.csv"
COMPARE = "compare.json"
CROPS = "crops"
FORMAT = "daihoi-compare/1"
_OUR_PICTURE = re.compile(r"\d{5,}-[A-C]\.(?:png|jpg)")
_OF_EACH = ("", "_ballot", "_file", "_page", "_batch", "_place", "_in_batch", "_reason", "_crop")


def require_ours(out: Path) -> None:
    """Refuse a folder that holds what no comparison wrote. Raises OutNotOurs."""
    if not out.exists():
        return
    if not out.is_dir():
        raise OutNotOurs(path=str(out), found=out.name)
    ours = {CROPS, *(name for one in (DIFFERENCES, COMPARE) for name in (one, f".{one}.part"))}
    others = sorted(path.name for path in out.iterdir() if path.name not in ours)
    # Pictures of a comparison that was stopped are ours too; those of a count are named otherwise.
    pictures = (out / CROPS).iterdir() if (out / CROPS).is_dir() else ()
    others += sorted(path.name for path in pictures if not _OUR_PICTURE.fullmatch(path.name))
    if others:
        raise OutNotOurs(path=str(out), found=others[0])


def write_comparison(comparison: Comparison, out: Path) -> None:
    """Write the folder `out`, compare.json last. The same passes give the same bytes. Raises as `require_ours`."""
    require_ours(out)
    with writing(out):
        (out / CROPS).mkdir(parents=True, exist_ok=True)
        # A picture of an earlier comparison must not stand beside this one's numbers.
        for old in (out / CROPS).iterdir():
            old.unlink()
    crops: dict[tuple[int, str], str] = {}
    for number, label, picture in pictures_of(comparison.differences, comparison.readers):
        name = f"{CROPS}/{number:05d}-{label}.{picture.ending}"
        crops[number, label] = name
        with writing(out / name):
            (out / name).write_bytes(picture.data)
    write_whole(out / DIFFERENCES, spreadsheet.dump(_header(comparison), _rows(comparison, crops)))
    write_whole(out / COMPARE, canonical.line(document(comparison, crops)))


def document(comparison: Comparison, crops: Mapping[tuple[int, str], str]) -> dict[str, object]:
    """The object of compare.json; `crops` by number of the difference and label of the pass."""
    readers = comparison.readers
    return {
        "format": FORMAT,
        "contest": comparison.passes[0].grounds.contest.id,
        "agrees": comparison.agrees,
        "passes": [_pass(one) for one in comparison.passes],
        "papers": len(comparison.papers),
        "open_alike": comparison.open_alike,
        "same_scans": comparison.same_scans,
        "order": dict(zip((one.label for one in readers[1:]), comparison.orders, strict=True)),
        "differences": [_difference(one, readers, crops) for one in comparison.differences],
        "votes": [_figure(line, comparison.passes) for line in comparison.votes],
        "figures": [_figure(line, comparison.passes) for line in comparison.figures],
        "outcomes": [
            {"candidate": line.candidate, "outcomes": _by_label(line.outcomes, comparison.passes)}
            for line in comparison.outcomes
        ],
    }


def _pass(one: Pass) -> dict[str, object]:
    return {
        "label": one.label,
        "kind": one.kind.value,
        # The last part alone: where a folder lay on one machine says nothing on another.
        "name": one.path.resolve().name,
        "digest": one.digest,
        "ballots": one.totals.ballots,
        "open": one.totals.open,
    }


def _difference(one: Difference, readers: Sequence[Pass], crops: Mapping[tuple[int, str], str]) -> dict[str, object]:
    return {
        "number": one.number,
        "kind": one.kind.value,
        "candidate": one.candidate,
        "values": _by_label(one.values, readers),
        "majority": one.majority,
        "alike": one.alike,
        "sheets": {
            each.label: _sheet(leaf, each, crops.get((one.number, each.label), ""))
            for each, leaf in zip(readers, one.paper, strict=True)
            if leaf is not None
        },
    }


def _sheet(leaf: Leaf, one: Pass, crop: str) -> dict[str, object]:
    candidates = one.grounds.candidates
    return {
        "ballot": leaf.name,
        "pages": [{"file": page.file, "index": page.index} for page in leaf.pages],
        "batch": leaf.batch,
        "place": leaf.place,
        "in_batch": leaf.in_batch,
        "marks": {who: mark.value for who, mark in zip(candidates, leaf.marks, strict=True) if mark is not None},
        "standing": "" if leaf.standing is None else leaf.standing.value,
        "grounds": [ground.value for ground in leaf.grounds],
        "crop": crop,
    }


def _figure(line: FigureLine, passes: Sequence[Pass]) -> dict[str, object]:
    return {"name": line.name, "figures": _by_label(line.figures, passes), "majority": line.majority}


def _by_label(values: Sequence[object], passes: Sequence[Pass]) -> dict[str, object]:
    return {one.label: value for one, value in zip(passes, values, strict=True)}


def _header(comparison: Comparison) -> tuple[str, ...]:
    each = (one.label.lower() + column for one in comparison.passes for column in _OF_EACH)
    return ("number", "kind", "candidate", "name", *each, "majority", "alike")


def _rows(comparison: Comparison, crops: Mapping[tuple[int, str], str]) -> Iterator[tuple[str, ...]]:
    """Differing votes and figures first, for they are fewer and graver; then paper by paper."""
    names = {str(one.id): one.name for one in comparison.passes[0].grounds.contest.candidates}
    for kind, lines in (("votes", comparison.votes), ("figure", comparison.figures)):
        for line in (line for line in lines if line.differs):
            shown = ["" if figure is None else str(figure) for figure in line.figures]
            majority = "" if line.majority is None else str(line.majority)
            who = line.name if kind == "votes" else ""
            yield _row(("", kind, who, names.get(line.name, line.name)), shown, (majority, ""))
    for come in comparison.outcomes:
        yield _row(("", "outcome", come.candidate, names[come.candidate]), come.outcomes, ("", ""))
    for one in comparison.differences:
        yield _paper_row(one, comparison, names, crops)


def _row(head: tuple[str, ...], values: Sequence[str], tail: tuple[str, ...]) -> tuple[str, ...]:
    blank = ("",) * (len(_OF_EACH) - 1)
    return (*head, *(cell for value in values for cell in (value, *blank)), *tail)


def _paper_row(
    one: Difference, comparison: Comparison, names: Mapping[str, str], crops: Mapping[tuple[int, str], str]
) -> tuple[str, ...]:
    held = dict(zip((each.label for each in comparison.readers), zip(one.values, one.paper, strict=True), strict=True))
    cells: list[str] = []
    for each in comparison.passes:
        value, leaf = held.get(each.label, ("", None))
        crop = crops.get((one.number, each.label), "")
        cells += (value, *(_where(leaf, one.candidate, crop) if leaf else ("",) * (len(_OF_EACH) - 1)))
    alike = str(one.alike) if one.alike else ""
    return (str(one.number), one.kind.value, one.candidate, names.get(one.candidate, ""), *cells, one.majority, alike)


def _where(leaf: Leaf, candidate: str, crop: str) -> tuple[str, ...]:
    page = next((page for page in leaf.pages if any(mark.candidate == candidate for mark in page.marks)), None)
    page = page or next(iter(leaf.pages), None)
    file, index = ("", "") if page is None else (page.file, str(page.index))
    reason = leaf.reasons.get(candidate) or (leaf.reasons.get("", "") if leaf.unread else "")
    return leaf.name, file, index, leaf.batch, str(leaf.place), str(leaf.in_batch), reason, crop
