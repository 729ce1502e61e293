"""What is drawn to measure accuracy: fictional ballot papers with Vietnamese names, on one scanner each.

In proof mode a page is drawn at 200 dpi and handed to the readers as pixels, one page in `THROUGH_FILE` through the
file that the scanner would write; in file mode every page is drawn at 300 dpi and goes through its file.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np

from committee import election_of
from daihoi.papers.ballots import Prepared, prepare
from daihoi.papers.render import rasters
from daihoi.reading.both import BothReaders, agreed
from daihoi.reading.load import load_page
from daihoi.reading.terms import GrayImage, PrintedForm, ReadPage, Refusal, RefusalReason
from daihoi.simulation.encode import files_of
from daihoi.simulation.proof import PROOF_DPI, proof_job
from daihoi.simulation.run import Order, job_of
from daihoi.simulation.sheets import Job
from daihoi.simulation.terms import Format, SimulatedPage
from daihoi.simulation.voters import CROSSES, STRIKES, Habits

FILE_DPI, FORM_DPI = 300, 200
THROUGH_FILE = 8
"""In proof mode every eighth page: encoding and decoding take as long as drawing does."""


def names_in(text: str) -> tuple[str, ...]:
    """A list of names as it stands in one line."""
    return tuple(text.split(", "))


FAMILY = names_in(
    "Nguyễn, Trần, Lê, Phạm, Hoàng, Vũ, Đặng, Bùi, Đỗ, Hồ, Ngô, Dương, Lý, Lò, Vàng, Giàng, Hà, Cà, Quàng, Tòng"
)
MIDDLE = names_in(
    "Văn, Thị, Hữu, Đức, Minh, Thanh, Ngọc, Quang, Xuân, Thị Bích, A, Seo, Đình, Công, Thị Hồng, Nguyễn Hoàng"
)
GIVEN = names_in(
    "Anh, Bình, Cường, Dũng, Giang, Hải, Hương, Khánh, Lan, Long, Mai, Nam, Phúc, Quỳnh, Sơn, Thảo, Tú, Uyên, Vinh, Ý"
)


@dataclass(frozen=True)
class Case:
    """One ballot paper on one scanner; `flat` draws every kind of mark equally often."""

    form: str
    names: int
    scanner: str
    seed: int
    flat: bool
    proof: bool = True

    @property
    def hall(self) -> int:
        """The seed of this case's hall: other cases have other voters."""
        return zlib.crc32(str(self).encode())

    @property
    def seats(self) -> int:
        """Enough to be struck that strikes are not rare; as many as names where one agrees or disagrees."""
        return self.names if self.form == "agree" else max(1, round(self.names * 0.6))

    def label(self, number: int) -> str:
        """What names one ballot, so that it can be drawn again."""
        ways = ("-flat" if self.flat else "") + ("" if self.proof else "-file")
        return f"{self.scanner}-{self.form}{self.names}-s{self.seed}{ways}-b{number}"


LABEL = re.compile(
    r"(?P<scanner>[a-z]+)-(?P<form>[a-z]+)(?P<names>\d+)-s(?P<seed>-?\d+)(?P<ways>[a-z-]*)-b(?P<number>\d+)"
)


def labelled(label: str) -> tuple[Case, int]:
    """The case and the number of a ballot from its label, or from the name of a crop. Raises ValueError."""
    found = LABEL.match(label)
    if found is None:
        raise ValueError(f"{label}: no label of a ballot, as office-strike100-s1-b17 is one")
    ways = found["ways"]
    case = Case(
        found["form"], int(found["names"]), found["scanner"], int(found["seed"]), "flat" in ways, "file" not in ways
    )
    return case, int(found["number"])


def person(k: int) -> str:
    """The name of candidate `k` (from 0): each of the first thousand is another, and all lengths occur."""
    turn = k // 80
    family, middle, given = k * 7 % len(FAMILY), (k * 5 + turn) % len(MIDDLE), (k * 3 + k // 20) % len(GIVEN)
    return f"{FAMILY[family]} {MIDDLE[middle]} {GIVEN[given]}"


@cache
def printed(case: Case) -> tuple[Prepared, BothReaders, Job]:
    """The sheet, as the readers know it and as the simulator draws on it; made once in each process."""
    election, contest = election_of(map(person, range(case.names)), case.seats, "accuracy")
    prepared = prepare(election, contest, secret=b"accuracy".ljust(32, b"."), rehearsal=False)
    form = PrintedForm(prepared.plan, rasters(prepared.pdf, FORM_DPI), FORM_DPI)
    even = {"strikes": dict.fromkeys(STRIKES, 1.0), "crosses": dict.fromkeys(CROSSES, 1.0)} if case.flat else {}
    habits = Habits(mistakes=0.35, defects=0.03, specks=0.01, **even)
    readers = BothReaders(form, prepared.identities)
    if case.proof:
        fine = rasters(prepared.pdf, 2 * PROOF_DPI)
        job = proof_job(prepared.plan, fine, seats=case.seats, seed=case.hall, scanner=case.scanner, habits=habits)
    else:
        order = Order(case.seats, 1, case.hall, case.scanner, habits=habits)
        job = job_of(prepared.plan, rasters(prepared.pdf, FILE_DPI), FILE_DPI, order)
    return prepared, readers, job


def through_file(case: Case, number: int, side: int) -> bool:
    """Whether a page goes through the file that the scanner would write."""
    return not case.proof or (2 * number + side) % THROUGH_FILE == 0


def as_read(case: Case, number: int, side: int, page: SimulatedPage) -> GrayImage | Refusal:
    """The page as the reader gets it: loaded from its file, or its pixels."""
    if through_file(case, number, side):
        name, data = files_of([page], "page", Format.NATIVE)[0]
        return load_page(data, name, 0)
    grey = page.image if page.image.ndim == 2 else cv2.cvtColor(page.image, cv2.COLOR_BGR2GRAY)
    return np.ascontiguousarray(grey, np.uint8)


Answer = ReadPage | Refusal
TOGETHER, FIRST, SECOND = "both readers", "first reader alone", "second reader alone"


def answers_of(readers: BothReaders, image: GrayImage) -> dict[str, Answer]:
    """What both readers say together, as a count takes it, and what each alone would have said.

    The second reader is asked only of pages that the first one reads; a page that it loses counts as refused by it.
    """
    look = readers.first.look(image)
    if isinstance(look, Refusal):
        return {TOGETHER: look, FIRST: look}
    first = look.page
    if readers.second is None:
        return {TOGETHER: first, FIRST: first}
    found = readers.second.read(image)
    together = agreed(look, found)
    alone = (
        Refusal(RefusalReason.CORNERS_NOT_FOUND) if found is None else ReadPage(found.pose.page, 0, 0.0, found.marks)
    )
    return {TOGETHER: together, FIRST: first, SECOND: alone}
