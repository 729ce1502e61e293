"""From the events of the ledger to sheets of paper, each with its pages, in the order of their numbers.

docs/dev/ledger.md, "Which pages are one ballot", says in words what is done here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from daihoi.verify.chain import Event
from daihoi.verify.node import Node, parse_json
from daihoi.verify.terms import LEDGER, Finding

PAGE = "page:"
KEYED = "keyed:"
_NEVER_KEYED = frozenset({"rehearsal", "not_rehearsal"})

Place = tuple[str, int]
"""A page: the file as it was named, and the page in it from 0."""


@dataclass(frozen=True)
class Scan:
    """Whatever a page of a file of scans turned out to be."""

    place: Place

    @property
    def name(self) -> str:
        """How a decision names it."""
        return f"{PAGE}{self.place[0]}#{self.place[1]}"

    @property
    def folder(self) -> str:
        """The pile that it lies in."""
        return self.place[0].rpartition("/")[0]


@dataclass(frozen=True)
class Page(Scan):
    """A page of the ledger; `side` 0 when it was refused for `reason`. Doubtful marks are "doubtful" in `marks`."""

    sha256: str
    side: int = 0
    marks: Mapping[str, str] = field(default_factory=dict)
    observed: tuple[str, ...] = ()
    reason: str = ""
    alike: str = ""
    """The name of an earlier page that looks like the same sheet."""


@dataclass(frozen=True)
class Slip(Scan):
    """A separator slip: what follows in its folder is batch `key`; `ballots` were counted in it by hand."""

    key: tuple[int, int, int]

    @property
    def ballots(self) -> int:
        """As counted by hand."""
        return self.key[2]


@dataclass(frozen=True)
class Removal:
    """A batch taken out of the count: the names of its pages and slips."""

    names: frozenset[str]


@dataclass(frozen=True)
class Image:
    """A file of scans as the ledger has it."""

    file: str
    stored: str
    sha256: str
    bytes: int
    pages: int


@dataclass
class History:
    """What the events up to the record come to.

    `order` holds pages, slips, names of answered pages and removals as they came.
    """

    images: dict[str, Image] = field(default_factory=dict)
    pages: dict[Place, Page] = field(default_factory=dict)
    slips: dict[Place, Slip] = field(default_factory=dict)
    order: list[Page | Slip | Removal | str] = field(default_factory=list)
    decisions: dict[tuple[str, str], str] = field(default_factory=dict)
    recounted: dict[str, int] = field(default_factory=dict)
    """How many sheets a batch had when the board said `recounted`, by the page of its slip."""
    removed: set[str] = field(default_factory=set)
    """Pages and slips of batches that were taken out of the count, by their names."""
    readers: list[object] = field(default_factory=list)
    """The facts of every readers.named."""
    backs: str = "between"
    contest: str = ""
    rehearsal: bool = False
    election_sha256: str = ""
    sheet_sha256: str = ""
    findings: list[Finding] = field(default_factory=list)

    def odd(self, event: Event, expected: str, found: str) -> None:
        """Note an event that cannot be."""
        self.findings.append(Finding("verify.ledger_event", f"{LEDGER}:{event.number + 1}", expected, found))


def history_of(events: Iterable[Event]) -> History:
    """Follow the events. Raises MalformedError for facts of another shape."""
    history = History()
    for event in events:
        facts = event.facts
        match event.kind:
            case "count.opened":
                if history.contest:
                    history.odd(event, "one opening", event.kind)
                history.contest = facts["contest"].text()
                history.rehearsal = facts["rehearsal"].truth()
                history.election_sha256 = facts["election_sha256"].sha256()
                history.sheet_sha256 = facts["sheet_sha256"].sha256()
            case "election.replaced":
                history.election_sha256 = facts["election_sha256"].sha256()
            case "readers.named":
                history.readers.append(facts.value)
            case "backs.ordered":
                history.backs = facts["backs"].text()
            case "image.taken":
                _take(history, event)
            case "page.read" | "page.refused":
                _turn(history, event)
            case "batch.begun":
                _begin(history, event)
            case "decision.made":
                key = facts["ballot"].text(), facts["candidate"].text()
                history.decisions[key] = facts["decision"].text()
                if "scanned" in facts:
                    history.recounted[key[0]] = facts["scanned"].whole()
                _check_keyed(history, event)
                if key[0].startswith(PAGE):
                    history.order.append(key[0])
            case "decision.withdrawn":
                _withdraw(history, event)
            case "batch.removed":
                _remove(history, event)
    _all_pages_seen(history)
    return history


def _take(history: History, event: Event) -> None:
    facts = event.facts
    image = Image(
        facts["file"].text(),
        facts["stored"].text(),
        facts["sha256"].sha256(),
        facts["bytes"].whole(),
        facts["pages"].whole(),
    )
    # Taken twice under one name, a later scan could stand in for an earlier one.
    if image.file in history.images:
        history.odd(event, "a file that was not taken before", image.file)
    history.images[image.file] = image


def _image_of(history: History, event: Event, place: Place) -> Image | None:
    """The file of a new page; None, and noted, for a page that cannot be."""
    image = history.images.get(place[0])
    seen = place in history.pages or place in history.slips
    if image is None or seen or place[1] >= max(1, image.pages):
        history.odd(event, "a page that was not read before, of a file that was taken", f"{place[0]}#{place[1]}")
        return None
    return image


def _begin(history: History, event: Event) -> None:
    facts = event.facts
    place = facts["file"].text(), facts["index"].whole()
    if _image_of(history, event, place) is None:
        return
    slip = Slip(place, (facts["batch"].whole(), facts["batches"].whole(), facts["ballots"].whole()))
    history.slips[place] = slip
    history.order.append(slip)


def _turn(history: History, event: Event) -> None:
    facts = event.facts
    place = facts["file"].text(), facts["index"].whole()
    image = _image_of(history, event, place)
    if image is None:
        return
    page = Page(place, image.sha256, reason=facts["reason"].text() if event.kind == "page.refused" else "")
    if event.kind == "page.read":
        observed = tuple(ink["ground"].text() for ink in facts["foreign"].list())
        marks = {candidate: mark.text() for candidate, mark in facts["marks"].items()}
        page = Page(
            place,
            image.sha256,
            facts["page"].whole(),
            marks,
            observed,
            alike=facts["alike"].text() if "alike" in facts else "",
        )
        if page.side not in (1, 2):
            raise facts["page"].malformed("1 or 2")
    history.pages[place] = page
    history.order.append(page)


def _withdraw(history: History, event: Event) -> None:
    key = event.facts["ballot"].text(), event.facts["candidate"].text()
    held = history.decisions.pop(key, "nothing")
    history.recounted.pop(key[0], None)
    if held != (said := event.facts["decision"].text()):
        history.odd(event, held, said)


def _remove(history: History, event: Event) -> None:
    known = {one.name for one in (*history.pages.values(), *history.slips.values())} - history.removed
    names = [PAGE + one.text() for one in event.facts["pages"].list()]
    # A page that never came, or is gone already: the removal would say more than it does.
    for name in (name for name in names if name not in known):
        history.odd(event, "a page that stands in the count", name)
    history.removed.update(names)
    history.order.append(Removal(frozenset(names)))


def _check_keyed(history: History, event: Event) -> None:
    """Rehearsal and real ballots never stand in one count, keyed by hand or not."""
    ballot, decision = event.facts["ballot"].text(), event.facts["decision"].text()
    file, _, index = ballot.removeprefix(PAGE).rpartition("#")
    page = history.pages.get((file, int(index))) if index.isdecimal() else None
    if page is not None and page.reason in _NEVER_KEYED and decision.startswith(KEYED):
        history.odd(event, "an answer other than marks, for the page was refused", page.reason)


def _all_pages_seen(history: History) -> None:
    for image in history.images.values():
        # A file that cannot be opened has no pages and is refused as page 0; no file of scans has more than the bound.
        for index in range(min(max(1, image.pages), 100_000)):
            if (image.file, index) not in history.pages and (image.file, index) not in history.slips:
                history.findings.append(Finding("verify.page_missing", LEDGER, f"{image.file}#{index}"))


def sheets_of(history: History, sides: int) -> list[tuple[Page | None, ...]]:
    """The sheets in the order of their numbers, a place for each side."""
    if sides == 1:
        return [(page,) for page in history.order if isinstance(page, Page)]
    if history.backs != "between":
        return _passes(history)
    sheets: list[list[Page | None]] = []
    front: Page | None = None  # whose back may still come, in the last sheet
    for one in history.order:
        if not isinstance(one, Page):
            # A slip ends a pile; an answer about the front that waits, or its removal, ends its sheet.
            front = front if _is_of_another(one, front) else None
        elif front is not None and _is_back_of(one, front):
            sheets[-1][1] = one
            front = None
        else:
            sheets.append([None, one] if one.side == 2 else [one, None])
            front = None if one.side == 2 else one
    return [tuple(sheet) for sheet in sheets]


def _is_of_another(event: Slip | Removal | str, front: Page | None) -> bool:
    return front is not None and not isinstance(event, Slip) and front.name not in _named(event)


def _named(event: Removal | str) -> frozenset[str]:
    return event.names if isinstance(event, Removal) else frozenset({event})


def _is_back_of(page: Page, front: Page) -> bool:
    """A pile is a folder: the front of one pile never takes the back of another."""
    return page.side != 1 and page.folder == front.folder


def _passes(history: History) -> list[tuple[Page | None, ...]]:
    """Fronts of a pile and then its backs: joined when they are as many; every page takes a number."""
    sheets: list[tuple[Page | None, ...]] = []
    pile: list[Page] = []
    for one in [*history.order, Slip(("", 0), (0, 0, 0))]:
        other = isinstance(one, Page) and bool(pile) and one.folder != pile[0].folder
        named = _named(one) if isinstance(one, str | Removal) else frozenset()
        if isinstance(one, Slip) or other or any(page.name in named for page in pile):
            sheets += _of_pile(pile, history.backs == "reversed")
            pile = []
        if isinstance(one, Page):
            pile.append(one)
    return sheets


def _of_pile(pile: list[Page], reverse: bool) -> list[tuple[Page | None, ...]]:
    fronts, backs = pile[: len(pile) // 2], pile[len(pile) // 2 :]
    if len(fronts) == len(backs) and all(page.side != 2 for page in fronts) and all(page.side != 1 for page in backs):
        # Numbers that the backs took stand empty.
        joined = list(zip(fronts, reversed(backs) if reverse else backs, strict=True))
        return [*joined, *[(None, None)] * len(backs)]
    return [(None, page) if page.side == 2 else (page, None) for page in pile]


@dataclass(frozen=True)
class Paper:
    """A sheet that counts as a ballot, with the marks that count.

    `foreign`: the board did not issue it. `unanswered`: the board has not said what became of one of its pages.
    """

    ballot: str
    pages: tuple[Page, ...]
    marks: Mapping[str, str]
    foreign: bool = False
    unanswered: bool = False

    @property
    def observed(self) -> tuple[str, ...]:
        """Grounds that a reader saw on it."""
        return tuple(ground for page in self.pages for ground in page.observed)


def papers_of(history: History, sides: int, candidates: Iterable[str]) -> tuple[list[Paper], list[Page]]:
    """The ballots, and the pages that still wait for a person (none in a finished count)."""
    listed = frozenset(candidates)
    papers: list[Paper] = []
    waiting: list[Page] = []
    for number, sheet in enumerate(sheets_of(history, sides), 1):
        pages = tuple(page for page in sheet if page is not None)
        if not pages or is_removed(pages, history):
            continue
        asking = _asking(pages, sides, history)
        paper = _paper(f"b{number:04d}", pages, _said(asking, history), history)
        if paper is not None and not paper.foreign and (paper.unanswered or not listed <= paper.marks.keys()):
            waiting += asking or pages
        elif paper is not None:
            papers.append(paper)
    return papers, waiting


def comes_to_nothing(ballot: str, pages: tuple[Page, ...], sides: int, history: History) -> bool:
    """Whether the board has put this sheet out of the count."""
    if is_removed(pages, history):
        return True
    return _paper(ballot, pages, _said(_asking(pages, sides, history), history), history) is None


def is_removed(pages: tuple[Page, ...], history: History) -> bool:
    """Whether this sheet was taken out of the count with its batch."""
    return any(page.name in history.removed for page in pages)


def _asking(pages: tuple[Page, ...], sides: int, history: History) -> list[Page]:
    """A page asks when it was refused or looks like an earlier one; else only when its other side never came."""
    asking = [page for page in pages if not page.side or _is_alike(page, history)]
    return asking or ([] if len(pages) == sides else list(pages))


def _is_alike(page: Page, history: History) -> bool:
    """Not to a page that is gone, unless the board has answered: then its word on this scan holds."""
    return bool(page.alike) and (PAGE + page.alike not in history.removed or (page.name, "") in history.decisions)


def _said(asking: list[Page], history: History) -> list[str]:
    return [history.decisions.get((one.name, ""), "") for one in asking]


def _paper(ballot: str, pages: tuple[Page, ...], said: list[str], history: History) -> Paper | None:
    """What a sheet came to by the answers on its asking pages; None when it is out of the count."""
    if "rescanned" in said:
        return None
    # A paper of another make is a ballot all the same: it lay in the box and is counted among the invalid.
    if "NOT_ISSUED" in said:
        return Paper(ballot, pages, {}, foreign=True)
    if said and set(said) == {"not_a_ballot"}:
        return None
    return Paper(ballot, pages, _marks(ballot, pages, history), unanswered="" in said)


def _marks(ballot: str, pages: Iterable[Page], history: History) -> dict[str, str]:
    """Marks as read, the board's answer where one was doubtful, and marks keyed from the paper before both."""
    marks: dict[str, str] = {}
    keyed: dict[str, str] = {}
    for page in pages:
        for candidate, mark in page.marks.items():
            answer = history.decisions.get((ballot, candidate), "")
            marks[candidate] = answer if mark == "doubtful" and answer else mark
        answer = history.decisions.get((page.name, ""), "")
        if answer.startswith(KEYED):
            held: Node = parse_json(answer.removeprefix(KEYED).encode(), LEDGER, page.name)
            keyed |= {candidate: mark.text() for candidate, mark in held.items()}
    return marks | keyed
