"""The same sheet scanned again, or its image written anew: asked of a person, in the order of the ledger.

The page is read like any other and says which earlier page it looks like. Until a person has answered, its sheet
waits: `not_a_ballot` takes this scan out of the count, `a_ballot` lets both count. The machine drops nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from daihoi.counts.answers import answers_in
from daihoi.counts.assembly import assemble
from daihoi.counts.count_folder import CountFolder
from daihoi.counts.duplicates import task_of
from daihoi.counts.judging import sheets_of
from daihoi.counts.one_sided import backs_in
from daihoi.counts.page_events import pages_seen
from daihoi.counts.pool import PageResult
from daihoi.counts.removals import removed_in
from daihoi.counts.side_by_side import side_by_side
from daihoi.counts.taking import Image, images_by_name
from daihoi.counts.traces import Place, Traces
from daihoi.reading.pile import Pile
from daihoi.reading.terms import ReadPage


class SameSheets:
    """What was read so far by its traces, each side of the ballot by itself."""

    def __init__(self, folder: CountFolder, traces: Traces) -> None:
        """Begin with what the ledger holds and the board has not put out of the count."""
        self._count = folder
        self._folder = folder.path
        self._traces = traces
        self._images: dict[str, Image] = {}
        self._gone: frozenset[Place] | None = None
        self.begin_anew()

    def begin_anew(self) -> None:
        """Look at the ledger again where the board has put other sheets out of the count since."""
        gone = _gone(self._count)
        if gone == self._gone:
            return
        self._gone = gone
        self._turns: dict[str, int] = {}
        self._piles: defaultdict[int, Pile] = defaultdict(Pile)
        entries = self._count.journal.entries
        self._images |= images_by_name(entries)
        for entry in entries:
            if entry.kind != "page.read":
                continue
            place = str(entry.facts["file"]), entry.whole("index")
            # What was put out to be scanned again does come again, and is then no duplicate.
            if place not in gone and place in self._traces.held:
                self._keep(place, entry.whole("page"), entry.whole("turn"), self._traces.held[place])

    def of_page(self, image: Image, index: int, result: PageResult) -> PageResult:
        """The result, with the earlier page that it looks like where there is one."""
        if not isinstance(result.outcome, ReadPage):
            return result
        read = result.outcome
        self._images[image.file] = image
        first = self._piles[read.page].alike(read.trace)
        self._keep((image.file, index), read.page, read.turn, read.trace)
        self._traces.add(image.file, index, read.trace)
        if first is None:
            return result
        file, _, number = first.rpartition("#")
        earlier = task_of(self._folder, self._images[file], int(number)), self._turns[first]
        later = task_of(self._folder, image, index), read.turn
        return replace(result, alike=first, alike_crop=side_by_side(earlier, later))

    def _keep(self, place: Place, page: int, turn: int, trace: bytes) -> None:
        name = f"{place[0]}#{place[1]}"
        self._piles[page].add(name, trace)
        self._turns[name] = turn


def _gone(folder: CountFolder) -> frozenset[Place]:
    """The pages of sheets that the board has put out of the count, and of batches that were removed."""
    entries, candidates = folder.journal.entries, folder.grounds.candidates
    answers = answers_in(entries)
    if not answers.pages and not removed_in(entries):
        return frozenset()
    sheets = sheets_of(pages_seen(entries, candidates, folder.known), folder.sides, backs_in(entries))
    assembled = (assemble(sheet, answers, candidates) for sheet in sheets)
    out = (one.sheet for one in assembled if one.out)
    return frozenset((page.file, page.index) for sheet in out for page in sheet.pages)
