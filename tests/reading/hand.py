"""A hand, a paper and a scanner for the tests of reading: plain OpenCV, nothing of `daihoi.simulation`.

The simulator and the reader were written in one house; marks that only one of them draws would prove little. Lengths
are mm from the top left of the page, angles degrees, greys 0 black to 255 white.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from daihoi.interchange.terms import Congress, Election
from daihoi.papers.ballots import Prepared, prepare
from daihoi.papers.render import rasters
from daihoi.reading.read import Reader
from daihoi.reading.reference import PageReference
from daihoi.reading.terms import GrayImage, PrintedForm, ReadMark, ReadPage, Refusal
from daihoi.rules.terms import Candidate, CandidateId, CongressForm, Contest, ContestId, Mark, Office
from daihoi.sheet.terms import Rect, Target, TargetKind

FORM_DPI = 200
SECRET = b"\x07" * 32
FAMILIES = ("Nguyễn", "Trần", "Lê", "Hoàng", "Lò", "Giàng", "Quàng", "Đặng")
MIDDLES = ("Văn", "Thị", "Hữu Đức", "A", "Thị Bích")
GIVEN = ("Ý", "Bình", "Phượng", "Long", "Anh", "Quỳnh", "Dũng", "Mạnh", "Hạnh", "Uyên", "Tú")

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Ballot:
    """A printed ballot and the reader that knows it."""

    prepared: Prepared
    form: PrintedForm
    reader: Reader

    def page(self, number: int = 1, dpi: int = FORM_DPI) -> Page:
        """A clean sheet of one page, drawn at `dpi`, to write on."""
        return Page(self, number, dpi, printed(self.prepared.pdf, dpi)[number - 1].copy())

    def read(self, image: GrayImage) -> ReadPage | Refusal:
        """What the reader says of an image."""
        return self.reader.read(image)

    @property
    def candidates(self) -> tuple[str, ...]:
        """Ids of all candidates, in the order of the list."""
        targets = [target for page in self.prepared.plan.pages for target in page.targets]
        return tuple(dict.fromkeys(target.candidate for target in targets))

    def reference(self, number: int = 1) -> PageReference:
        """What the reader knows of one page before the first scan."""
        return self.reader.references[number - 1]


@dataclass
class Page:
    """A sheet of paper that a voter holds; every method leaves ink on it and gives the page back."""

    ballot: Ballot
    number: int
    dpi: int
    pixels: GrayImage = field(repr=False)

    def target(self, candidate: int | str, kind: TargetKind = TargetKind.NAME) -> Target:
        """The target of a candidate: by id, or by place on this page from 0."""
        targets = [target for target in self.ballot.prepared.plan.pages[self.number - 1].targets if target.kind is kind]
        if isinstance(candidate, int):
            return targets[candidate]
        return next(target for target in targets if target.candidate == candidate)

    def pen(self, points: Points, width: float = 0.45, grey: int = 40) -> Page:
        """A line through the points; ink darkens what is there and never lightens it."""
        px = self.dpi / 25.4
        path = np.array(points, np.float64) * px
        reach = width * px + 3
        x0, y0 = np.maximum(np.floor(path.min(axis=0) - reach), 0).astype(int)
        x1, y1 = np.ceil(path.max(axis=0) + reach).astype(int)
        area = self.pixels[y0:y1, x0:x1]
        layer = np.full(area.shape, 255, np.uint8)
        fixed = np.rint((path - (x0, y0) - 0.5) * 16).astype(np.int32).reshape(-1, 1, 2)
        cv2.polylines(layer, [fixed], False, (grey,), max(1, round(width * px)), cv2.LINE_AA, shift=4)
        np.minimum(area, layer, out=area)
        return self

    def blot(self, rect: Rect, grey: int = 40) -> Page:
        """A filled rectangle of ink."""
        px = self.dpi / 25.4
        area = self.pixels[round(rect.y * px) : round(rect.bottom * px), round(rect.x * px) : round(rect.right * px)]
        np.minimum(area, np.uint8(grey), out=area)
        return self

    def rub(self, rect: Rect, grey: int = 255) -> Page:
        """Cover a rectangle with paper: what was printed there is gone."""
        px = self.dpi / 25.4
        self.pixels[round(rect.y * px) : round(rect.bottom * px), round(rect.x * px) : round(rect.right * px)] = grey
        return self

    # --- on names -------------------------------------------------------------------------------------------------

    def strike(
        self,
        candidate: int | str,
        *,
        start: float = 0.0,
        end: float = 1.0,
        over: float = 1.5,
        rise: float = 0.0,
        at: float = 0.58,
        wave: float = 0.0,
        gaps: Iterable[tuple[float, float]] = (),
        width: float = 0.45,
        grey: int = 40,
    ) -> Page:
        """A line along a name: from and to which share of its width, mm beyond it, rise in mm, height as a share."""
        box = self.target(candidate).box
        left, right = box.x + start * box.w, box.x + end * box.w
        left, right = left - (over if start == 0 else 0), right + (over if end == 1 else 0)
        shares = np.linspace(0, 1, 60)
        xs = left + shares * (right - left)
        ys = box.y + at * box.h + rise * (0.5 - shares) + wave * np.sin(shares * 5 * np.pi)
        pieces = [[]] if not gaps else [[] for _ in range(len(list(gaps)) + 1)]
        holes = list(gaps)
        for share, x, y in zip(shares, xs, ys, strict=True):
            if any(a <= share <= b for a, b in holes):
                continue
            pieces[sum(share > b for _a, b in holes)].append((float(x), float(y)))
        for piece in pieces:
            if len(piece) > 1:
                self.pen(piece, width, grey)
        return self

    def underline(self, candidate: int | str, below: float = 0.7, **ink: float) -> Page:
        """A line under a name, clear of its letters."""
        box = self.target(candidate).box
        y = box.bottom + below
        return self.pen([(box.x, y), (box.right, y + 0.2)], float(ink.get("width", 0.45)), int(ink.get("grey", 40)))

    def circle(self, candidate: int | str, margin: float = 1.2) -> Page:
        """A ring around a name."""
        box = self.target(candidate).box
        return self.ring(Rect(box.x - margin, box.y - margin, box.w + 2 * margin, box.h + 2 * margin))

    def ring(self, rect: Rect, width: float = 0.45, grey: int = 40) -> Page:
        """An ellipse that fills the rectangle."""
        angles = np.linspace(0, 2 * np.pi, 90)
        xs = rect.x + rect.w / 2 * (1 + np.cos(angles))
        ys = rect.y + rect.h / 2 * (1 + np.sin(angles))
        return self.pen([(float(x), float(y)) for x, y in zip(xs, ys, strict=True)], width, grey)

    # --- in squares -----------------------------------------------------------------------------------------------

    def square(self, candidate: int | str, kind: TargetKind) -> Rect:
        """The printed square of a candidate."""
        return self.target(candidate, kind).box

    def cross(self, candidate: int | str, kind: TargetKind, size: float = 4.0, grey: int = 40) -> Page:
        """Two strokes that cross in the middle of a square."""
        box = self.square(candidate, kind)
        x, y, r = box.x + box.w / 2, box.y + box.h / 2, size / 2
        self.pen([(x - r, y - r), (x + r, y + r)], grey=grey)
        return self.pen([(x - r, y + r), (x + r, y - r)], grey=grey)

    def tick(self, candidate: int | str, kind: TargetKind, size: float = 4.0) -> Page:
        """A tick that stays within a square."""
        box = self.square(candidate, kind)
        x, y = box.x + (box.w - size) / 2, box.y + (box.h - size) / 2
        return self.pen([(x, y + 0.6 * size), (x + 0.35 * size, y + size), (x + size, y)])

    def slash(self, candidate: int | str, kind: TargetKind, size: float = 4.0) -> Page:
        """One stroke through a square."""
        box = self.square(candidate, kind)
        x, y, r = box.x + box.w / 2, box.y + box.h / 2, size / 2
        return self.pen([(x - r, y + r), (x + r, y - r)])

    def fill(self, candidate: int | str, kind: TargetKind) -> Page:
        """A blackened square."""
        box = self.square(candidate, kind)
        return self.blot(Rect(box.x + 0.5, box.y + 0.5, box.w - 1.0, box.h - 1.0), 50)

    def dot(self, candidate: int | str, kind: TargetKind, size: float) -> Page:
        """A round dot of so many mm in the middle of a square."""
        box = self.square(candidate, kind)
        px = self.dpi / 25.4
        x, y, r = (box.x + box.w / 2) * px, (box.y + box.h / 2) * px, size / 2 * px
        x0, y0, side = int(x - r) - 2, int(y - r) - 2, int(2 * r) + 6
        ys, xs = np.mgrid[y0 : y0 + side, x0 : x0 + side] + 0.5
        # OpenCV draws small circles a pixel too large; the share of each pixel under the disc does not.
        share = np.clip(r - np.hypot(xs - x, ys - y) + 0.5, 0, 1)
        area = self.pixels[y0 : y0 + side, x0 : x0 + side]
        np.minimum(area, (255 - share * 225).astype(np.uint8), out=area)
        return self

    # --- about the page -------------------------------------------------------------------------------------------

    def writing(self, x: float, y: float, width: float = 30.0, height: float = 5.0) -> Page:
        """A signature: loops that run on over `width` mm."""
        steps = np.linspace(0, 1, 120)
        xs = x + width * steps + 1.4 * np.sin(steps * 60)
        ys = y + height / 2 * (1 + np.cos(steps * 47)) * (0.5 + 0.5 * np.cos(steps * 9) ** 2)
        return self.pen([(float(a), float(b)) for a, b in zip(xs, ys, strict=True)])

    def stamp(self, dx: float = 0.0, dy: float = 0.0, grey: int = 150) -> Page:
        """The committee's stamp as a grey scanner sees its red: rings, a star, letters, over its field and beyond."""
        field_ = self.ballot.prepared.plan.stamp
        size = 38.0
        left = field_.x + (field_.w - size) / 2 + dx
        top = field_.y + (field_.h - size) / 2 + dy
        self.ring(Rect(left, top, size, size), 1.0, grey)
        self.ring(Rect(left + 6, top + 6, size - 12, size - 12), 0.5, grey)
        x, y = left + size / 2, top + size / 2
        angles = np.linspace(0, 4 * np.pi, 6) - np.pi / 2
        self.pen([(x + 6 * float(np.cos(a)), y + 6 * float(np.sin(a))) for a in angles], 1.0, grey)
        for angle in np.linspace(0.4, 2.7, 12):
            a, b = x - 16 * float(np.cos(angle)), y - 16 * float(np.sin(angle))
            self.pen([(a - 0.8, b - 0.8), (a + 0.8, b + 0.8)], 0.7, grey)
        return self

    def upright_line(self, x: float, slant: float = 0.0, width: float = 0.3, grey: int = 110) -> Page:
        """A streak of the scanner: from the top edge to the bottom edge of the page."""
        return self.pen([(x, -1.0), (x + slant, 298.0)], width, grey)

    def lying_line(self, y: float, slant: float = 0.0, width: float = 0.3, grey: int = 140) -> Page:
        """A fold: from the left edge to the right edge of the page."""
        return self.pen([(-1.0, y), (211.0, y + slant)], width, grey)

    def scan(self, how: Scan | None = None) -> GrayImage:
        """The page as a scanner gives it."""
        return (how or Scan()).of(self.pixels, self.dpi)

    def read(self, how: Scan | None = None) -> ReadPage | Refusal:
        """What the reader says of the page as it was scanned."""
        return self.ballot.read(self.scan(how))

    def marks(self, how: Scan | None = None) -> dict[str, ReadMark]:
        """The marks of a page that must be read."""
        return marks_of(self.read(how))


@dataclass(frozen=True)
class Scan:
    """A scanner: resolution, how the sheet lay, its light, its noise. `turn` is quarter turns clockwise."""

    dpi: float = 200.0
    skew: float = 0.0
    turn: int = 0
    blur: float = 0.12
    noise: float = 2.0
    white: float = 245.0
    black: float = 25.0
    stretch: float = 1.0
    size: float = 1.0
    shift: tuple[float, float] = (0.0, 0.0)
    jpeg: int = 0
    bilevel: bool = False
    seed: int = 5

    def of(self, paper: GrayImage, dpi: float) -> GrayImage:
        """`(H, W) uint8` of a drawn page of `dpi`; what lies outside of the paper is white."""
        width, height = round(210 / 25.4 * self.dpi), round(297 / 25.4 * self.dpi)
        scale = self.dpi / dpi
        angle = np.radians(self.skew)
        about = np.array([width / 2, height / 2])
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) * scale * self.size
        turn[1] *= self.stretch
        offset = about + np.array(self.shift) * self.dpi / 25.4 - turn @ (about / scale)
        image = paper
        if scale < 0.8:
            image = cv2.GaussianBlur(image, (0, 0), 0.45 / scale)
        image = cv2.warpAffine(image, np.column_stack([turn, offset]), (width, height), borderValue=(255,))
        if self.blur:
            image = cv2.GaussianBlur(image, (0, 0), max(0.3, self.blur * self.dpi / 25.4))
        seen = self.black + image.astype(np.float32) * (self.white - self.black) / 255
        if self.noise:
            seen += self.noise * noise_of((seen.shape[0], seen.shape[1]), self.seed)
        grey = np.clip(np.rint(seen), 0, 255).astype(np.uint8)
        if self.bilevel:
            grey = np.where(grey < (self.white + self.black) / 2, 0, 255).astype(np.uint8)
        grey = np.ascontiguousarray(np.rot90(grey, -self.turn))
        return through_jpeg(grey, self.jpeg) if self.jpeg else grey


@lru_cache(maxsize=2)
def noise_of(shape: tuple[int, int], seed: int) -> npt.NDArray[np.float32]:
    """Noise of a sensor with sigma 1; drawing it costs more than reading a page, so it is kept."""
    return np.random.default_rng(seed).standard_normal(shape, np.float32)


def through_jpeg(image: GrayImage, quality: int) -> GrayImage:
    """The image after compression."""
    data = jpeg_of(image, quality)
    return np.asarray(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE), np.uint8)


def jpeg_of(image: npt.NDArray[np.uint8], quality: int = 85) -> bytes:
    """A JPEG file."""
    return bytes(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1])


def png_of(image: npt.NDArray[np.uint8], mode: str = "L") -> bytes:
    """A PNG file in one of Pillow's modes."""
    return file_of([image], "PNG", mode)


def file_of(images: Sequence[npt.NDArray[np.uint8]], kind: str, mode: str = "L", **options: object) -> bytes:
    """A file of one or several pages, written by Pillow."""
    # Pillow would strew the greys of a bilevel page; a scanner splits them.
    pages = [Image.fromarray(image).convert(mode, dither=Image.Dither.NONE) for image in images]
    out = io.BytesIO()
    more: dict[str, object] = {"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}
    pages[0].save(out, kind, **more, **options)  # type: ignore[arg-type]
    return out.getvalue()


def g4_of(images: Sequence[npt.NDArray[np.uint8]]) -> bytes:
    """A TIFF of bilevel pages in CCITT group 4."""
    return file_of(images, "TIFF", "1", compression="group4")


def marks_of(read: ReadPage | Refusal) -> dict[str, ReadMark]:
    """Marks by candidate; a refusal fails the test with its own words."""
    assert isinstance(read, ReadPage), read
    return {mark.candidate: mark for mark in read.marks}


def verdicts(read: ReadPage | Refusal) -> dict[str, Mark]:
    """Only the words."""
    return {candidate: mark.mark for candidate, mark in marks_of(read).items()}


def refusal_of(read: object) -> Refusal:
    """A refusal that must be there; it always says what was found."""
    # A page that was read carries pictures: only its words are shown.
    assert isinstance(read, Refusal), [(m.candidate, m.mark.value) for m in getattr(read, "marks", ())]
    assert read.found, read
    return read


@cache
def printed(pdf: bytes, dpi: int) -> tuple[GrayImage, ...]:
    """The pages of a PDF as pixels."""
    return rasters(pdf, dpi)


def election_of(
    names: int, *, agree: bool = False, seats: int = 0, contest: str = "bch", round_: int = 1
) -> tuple[Election, Contest]:
    """A fictional election of one contest."""
    people = tuple(
        Candidate(CandidateId(f"c{k + 1:02d}"), f"{FAMILIES[k % 8]} {MIDDLES[k * 3 % 5]} {GIVEN[k * 4 % 11]}")
        for k in range(names)
    )
    chosen = Contest(
        ContestId(contest),
        Office.COMMITTEE,
        "Bầu Ban Chấp hành Đảng bộ xã Bản Lầm",
        seats or (names if agree else max(1, names - 2)),
        people,
        round=round_,
    )
    congress = Congress(
        "Đại hội đại biểu Đảng bộ xã Bản Lầm lần thứ IX",
        "Đảng bộ xã Bản Lầm",
        "Đảng bộ huyện Nà Lương",
        "Bản Lầm",
        date(2025, 5, 6),
        date(2025, 5, 7),
        CongressForm.DELEGATES,
    )
    return Election(congress, None, (chosen,)), chosen


@cache
def ballot(
    names: int,
    *,
    agree: bool = False,
    rehearsal: bool = False,
    seats: int = 0,
    contest: str = "bch",
    round_: int = 1,
    title: str = "",
    secret: bytes = SECRET,
) -> Ballot:
    """A printed ballot: strike-out with surplus, or agree/disagree; `title` names another congress."""
    election, chosen = election_of(names, agree=agree, seats=seats, contest=contest, round_=round_)
    if title:
        election = replace(election, congress=replace(election.congress, title=title))
    prepared = prepare(election, chosen, secret=secret, rehearsal=rehearsal)
    form = PrintedForm(prepared.plan, printed(prepared.pdf, FORM_DPI), FORM_DPI)
    return Ballot(prepared, form, Reader(form, prepared.identities))


def strike_ballot() -> Ballot:
    """Ten names, strike-out, one page."""
    return ballot(10)


def agree_ballot() -> Ballot:
    """Six names, agree/disagree, one page."""
    return ballot(6, agree=True)


Draw = Callable[[Page], Page]
AGREE, DISAGREE, NAME = TargetKind.AGREE, TargetKind.DISAGREE, TargetKind.NAME
