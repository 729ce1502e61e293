"""Where a page lies in the image: the solid corner squares by their edges, the way up and the page by its codes.

The first reader cleans a window with a morphological opening and takes centroids. Here a square is what is dark within
a ring of light, and its place is the middle between its own four edges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import cv2
import numpy as np
import numpy.typing as npt
import zxingcpp

from daihoi.reading.second.thresholds import Limits
from daihoi.reading.terms import GrayImage
from daihoi.sheet.identity import decode
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, PagePlan, Rect

Matrix = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float64]

RING_MM = (7, 9)
"""The ring of light about a solid square of 6 mm: between 3.5 and 4.5 mm from its middle; codes stand 5.5 mm off."""
SEARCH_MM = 70
"""How far from the corner of the image a corner square is looked for."""
FLAT_PX = 2.0
"""A part of the page whose fourth corner lies no further from where the other three say is laid flat the cheap way."""
TO_MIDDLES: Matrix = np.array([[1, 0, -0.5], [0, 1, -0.5], [0, 0, 1]])
"""From px counted from the corner of the first pixel to px counted from its middle, as OpenCV takes them."""
LARGE: GrayImage = np.ones((13, 13), np.uint8)
STREAK_SHARE = 0.2
"""A streak of light is no wider than this share of a corner square (1.2 mm), the paper about a square is wider."""
TRIED = 5
"""Candidates for each corner."""


@dataclass(frozen=True)
class Pose:
    """How a page of the plan lies in an image.

    `to_px` takes mm of the page to px of `image` (3 x 3, homogeneous; the middle of a pixel is at .5). `turn` is as in
    `ReadPage`, of the picture turned over where the image was `mirrored`. `black` and `paper` are grey levels, `paper`
    at each whole mm of the image (`(H, W) uint8`), which is `mm_px` px of it.
    """

    image: GrayImage
    page: int
    turn: int
    to_px: Matrix
    px_per_mm: float
    black: float
    paper: GrayImage
    mm_px: float
    mirrored: bool = False

    def at(self, points: npt.ArrayLike) -> Matrix:
        """mm `(..., 2)` to px `(..., 2)`."""
        given = np.asarray(points, np.float64)
        flat = given @ self.to_px[:2, :2].T + self.to_px[:2, 2]
        weight = given @ self.to_px[2, :2] + self.to_px[2, 2]
        return np.asarray(flat / weight[..., None], np.float64)

    def warp(self, left: float, top: float, wide: float, high: float, size: tuple[int, int]) -> GrayImage:
        """The nearest pixels at the middles of `size` (columns, rows) samples of `wide` by `high` mm each."""
        columns, rows = size
        right, bottom = left + columns * wide, top + rows * high
        a, b, c, d = self.at([(left, top), (right, top), (left, bottom), (right, bottom)])
        flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
        if np.abs(d - b - c + a).max() > FLAT_PX:
            to_mm = np.array([[wide, 0, left + wide / 2], [0, high, top + high / 2], [0, 0, 1]])
            warped = cv2.warpPerspective(
                self.image, TO_MIDDLES @ self.to_px @ to_mm, size, flags=flags, borderMode=cv2.BORDER_REPLICATE
            )
        else:
            matrix = _from_samples(np.array([[a, b, c]]), np.array(size))[0]
            warped = cv2.warpAffine(self.image, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(warped, np.uint8)

    def sample(self, corners: Matrix, sizes: npt.NDArray[np.intp], into: GrayImage) -> None:
        """Fill the top left of each picture `into` `(N, H, W)` with its piece of the page, blended between pixels.

        `corners` `(N, 3, 2)` are mm at the top left, top right and bottom left of each; `sizes` `(N, 2)` its samples
        across and down.
        """
        matrices = _from_samples(self.at(corners), sizes)
        for picture, matrix, (wide, high) in zip(into, matrices, sizes.tolist(), strict=True):
            cv2.warpAffine(
                self.image,
                matrix,
                (wide, high),
                dst=picture[:high, :wide],
                flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                borderMode=cv2.BORDER_REPLICATE,
            )

    def paper_at(self, points: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """The level of bare paper at places in mm `(N, 2)`."""
        cells = (self.at(points) / self.mm_px).astype(int)
        y = np.clip(cells[:, 1], 0, self.paper.shape[0] - 1)
        x = np.clip(cells[:, 0], 0, self.paper.shape[1] - 1)
        return np.asarray(self.paper[y, x], np.float64)


def _from_samples(px: Matrix, sizes: npt.NDArray[np.intp]) -> Matrix:
    """From samples to px, `(N, 2, 3)`, of pieces whose top left, top right and bottom left are `px` `(N, 3, 2)`."""
    right, down = (px[:, 1] - px[:, 0]) / sizes[..., :1], (px[:, 2] - px[:, 0]) / sizes[..., 1:]
    return np.stack([right, down, px[:, 0] + (right + down) / 2 - 0.5], axis=2)


def locate(image: GrayImage, plans: Sequence[PagePlan], limits: Limits) -> Pose | None:
    """Where the page lies, and which of the plan's pages it is; None where that is not sure."""
    lying = image.shape[1] > image.shape[0]
    if lying:
        image = np.asarray(cv2.rotate(image, cv2.ROTATE_90_COUNTERCLOCKWISE), np.uint8)
    mm_px = max(image.shape[0] / PAGE_H_MM, image.shape[1] / PAGE_W_MM)
    small = _cells(image, mm_px)
    marks = _marks(image, small, mm_px, plans[0].corners, limits)
    if marks is None:
        return None
    points, black = marks
    found = _way_up(image, points, plans)
    mirrored = found is None
    if mirrored:
        # Some feeders give the back of a sheet as in a mirror, where no code can be read.
        image, small = (np.asarray(cv2.flip(one, 1), np.uint8) for one in (image, small))
        points = np.array([image.shape[1], 0.0]) + points[[1, 0, 3, 2]] * np.array([-1.0, 1.0])
        found = _way_up(image, points, plans)
    if found is None:
        return None
    page, over = found
    to_px = _homography(plans[page - 1].corners, points, over)
    middle = to_px @ np.array([[105.0, 105.0, 106.0], [148.0, 149.0, 148.0], [1, 1, 1]])
    middle = middle[:2] / middle[2]
    scale = float(np.hypot(*(middle[:, 2] - middle[:, 0])) + np.hypot(*(middle[:, 1] - middle[:, 0]))) / 2
    return Pose(image, page, (1 if lying else 0) + 2 * over, to_px, scale, black, _paper_levels(small), mm_px, mirrored)


def mended(pose: Pose, image: GrayImage) -> Pose:
    """The same page with another image of it, of the same size."""
    return replace(pose, image=image, paper=_paper_levels(_cells(image, pose.mm_px)))


def _paper_levels(small: GrayImage) -> GrayImage:
    """The lightest place around is paper: no text is 13 mm high without a gap of one."""
    return np.asarray(cv2.blur(cv2.dilate(cv2.blur(small, (3, 1)), LARGE), (9, 9)), np.uint8)


def _cells(image: GrayImage, mm_px: float) -> GrayImage:
    """The image at one pixel to the mm, of every fourth pixel both ways: four of them in each at 200 dpi."""
    few = max(1, round(mm_px / 2))
    size = max(1, round(image.shape[1] / mm_px)), max(1, round(image.shape[0] / mm_px))
    times = max(1, round(mm_px / few))
    thin = cv2.resize(image, (size[0] * times, size[1] * times), interpolation=cv2.INTER_NEAREST)
    return np.asarray(cv2.resize(thin, size, interpolation=cv2.INTER_AREA), np.uint8)


def _homography(corners: Sequence[Rect], points: Matrix, over: bool) -> Matrix:
    printed = np.array([(c.x + c.w / 2, c.y + c.h / 2) for c in corners], np.float32)
    order = [3, 2, 1, 0] if over else [0, 1, 2, 3]
    return np.asarray(cv2.getPerspectiveTransform(printed, points[order].astype(np.float32)), np.float64)


def _marks(
    image: GrayImage, small: GrayImage, mm_px: float, corners: Sequence[Rect], limits: Limits
) -> tuple[Matrix, float] | None:
    """The middles of the four squares in px (TL, TR, BL, BR of the image), and how black they are."""
    side = (corners[0].w + corners[0].h) / 2 * mm_px
    places = _dark_in_light(small, limits)
    # Nearly always the strongest of each corner are the squares; all others are only looked at when they are not.
    for most in (1, TRIED):
        found = []
        for best in places:
            edged = (_edged(image, (x + 0.5) * mm_px, (y + 0.5) * mm_px, side, limits) for x, y in best[:most])
            found.append([one for one in edged if one is not None])
        if most == TRIED or all(found):
            frame = _rectangle(found, corners, limits)
            if frame is not None:
                return frame
    return None


def _dark_in_light(small: GrayImage, limits: Limits) -> list[list[tuple[int, int]]]:
    """For each corner of the image the places (x, y in mm) that are darkest against the ring about them."""
    high, wide = (min(SEARCH_MM, side // 2) for side in small.shape)
    # The middle of the page is left out, so that all four corners are one small picture.
    rows, columns = (
        np.r_[:near, side - near : side] for near, side in ((high, small.shape[0]), (wide, small.shape[1]))
    )
    corner = small[rows][:, columns]
    inner = cv2.boxFilter(corner, cv2.CV_32F, (4, 4), anchor=(2, 2))
    near, far = (cv2.boxFilter(corner, cv2.CV_32F, (n, n), normalize=False) for n in RING_MM)
    contrast = np.asarray((far - near) / (RING_MM[1] ** 2 - RING_MM[0] ** 2) - inner, np.float32)
    peaks = (contrast == cv2.dilate(contrast, np.ones((5, 5), np.uint8))) & (contrast > limits.mark_contrast)
    ys, xs = np.nonzero(peaks)
    order = np.argsort(-contrast[ys, xs], kind="stable")
    places: list[list[tuple[int, int]]] = [[], [], [], []]
    for y, x in zip(ys[order].tolist(), xs[order].tolist(), strict=True):
        if min(abs(y - high), abs(x - wide)) >= RING_MM[1] // 2:
            places[2 * (y >= high) + (x >= wide)].append((int(columns[x]), int(rows[y])))
    return [some[:TRIED] for some in places]


def _edged(image: GrayImage, x: float, y: float, side: float, limits: Limits) -> tuple[float, float, float] | None:
    """A square's middle (px) and blackness: halfway between the edges that its two profiles cross at half height."""
    reach, core = round(0.9 * side), max(2, round(side / 4))
    cx, cy = round(x), round(y)
    if cx < core or cy < core or cx + core >= image.shape[1] or cy + core >= image.shape[0]:
        return None
    # A page that lies askew brings its squares close to the edge of the image.
    x0, y0 = max(0, cx - reach), max(0, cy - reach)
    across = cv2.reduce(image[cy - core : cy + core + 1, x0 : cx + reach + 1], 0, cv2.REDUCE_AVG, dtype=cv2.CV_64F)[0]
    down = cv2.reduce(image[y0 : cy + reach + 1, cx - core : cx + core + 1], 1, cv2.REDUCE_AVG, dtype=cv2.CV_64F)[:, 0]
    profiles = np.asarray(across, np.float64), np.asarray(down, np.float64)
    home = cx - x0, cy - y0
    middle = _middle(profiles, home, core, side, limits)
    if middle is None:
        # A dead pixel of the sensor draws a line of light along the feed, which may part a square in two.
        thick = np.ones((1, max(3, round(STREAK_SHARE * side))), np.uint8)
        whole = [cv2.morphologyEx(one[None], cv2.MORPH_OPEN, thick)[0] for one in profiles]
        middle = _middle((np.asarray(whole[0]), np.asarray(whole[1])), home, core, side, limits)
    # From the middle of a pixel to its corner, from where px are counted.
    return None if middle is None else (middle[0] + x0 + 0.5, middle[1] + y0 + 0.5, middle[2])


def _middle(
    profiles: tuple[Floats, Floats], home: tuple[int, int], core: int, side: float, limits: Limits
) -> tuple[float, float, float] | None:
    """Where the middle of a square lies in its profiles across and down, and how black it is."""
    black = float(profiles[0][home[0] - core : home[0] + core + 1].mean())
    middle = []
    for profile, half in zip(profiles, home, strict=True):
        edges = _edges(profile, half, (black + float(profile.max())) / 2)
        if edges is None or not limits.mark_least < (edges[1] - edges[0]) / side < limits.mark_most:
            return None
        middle.append((edges[0] + edges[1]) / 2)
    return middle[0], middle[1], black


def _edges(profile: npt.NDArray[np.float64], half: int, level: float) -> tuple[float, float] | None:
    """Where the profile rises over `level` on both sides of `half`, by linear interpolation, px."""
    light = profile > level
    left, right = np.flatnonzero(light[:half]), np.flatnonzero(light[half:])
    if light[half] or not left.size or not right.size:
        return None
    a, b = int(left[-1]), half + int(right[0])
    first = a + (profile[a] - level) / (profile[a] - profile[a + 1])
    last = b - (profile[b] - level) / (profile[b] - profile[b - 1])
    return float(first), float(last)


def _rectangle(
    found: Sequence[Sequence[tuple[float, float, float]]], corners: Sequence[Rect], limits: Limits
) -> tuple[Matrix, float] | None:
    """The four that form the printed rectangle best; of three the fourth follows, since rulings place the rows."""
    wide, high = corners[1].x - corners[0].x, corners[2].y - corners[0].y
    for least in (4, 3):
        best: tuple[float, Matrix, float] | None = None
        choices = [[*some, *([None] if least == 3 else [])] for some in found]
        for four in product(*choices):
            seen = [one for one in four if one is not None]
            if len(seen) < least:
                continue
            points = np.array([(0.0, 0.0) if one is None else one[:2] for one in four])
            if len(seen) == 3:
                gone = four.index(None)
                points[gone] = points[gone ^ 1] + points[gone ^ 2] - points[gone ^ 3]
            error = _misfit(points, wide, high)
            if error < limits.frame_misfit and (best is None or error < best[0]):
                best = error, points, sorted(one[2] for one in seen)[len(seen) // 2]
        if best is not None:
            return best[1], best[2]
    return None


def _misfit(points: Matrix, wide: float, high: float) -> float:
    """How far four points are from the printed rectangle: ratio of sides, parallel sides, right angles."""
    top, below = points[1] - points[0], points[3] - points[2]
    left, right = points[2] - points[0], points[3] - points[1]
    across, down = np.hypot(*(top + below)) / 2, np.hypot(*(left + right)) / 2
    if not across or not down:
        return 1.0
    ratio = abs(across / down / (wide / high) - 1)
    uneven = float(np.hypot(*(top - below)) / across + np.hypot(*(left - right)) / down)
    slant = abs(float((top + below) @ (left + right))) / (4 * across * down)
    return float(ratio + uneven / 2 + slant)


def _way_up(image: GrayImage, points: Matrix, plans: Sequence[PagePlan]) -> tuple[int, bool] | None:
    """Number of the page and whether it lies upside down, by the first code that can be read."""
    codes = plans[0].codes
    for patient in (False, True):
        for over, code in product((False, True), codes):
            to_px = _homography(plans[0].corners, points, over)
            box = _around(to_px, code.rect, 3.0, image.shape)
            for seen in zxingcpp.read_barcodes(
                image[box],
                formats=zxingcpp.BarcodeFormat.QRCode,
                try_rotate=patient,
                try_downscale=patient,
                try_invert=False,
            ):
                identity = decode(seen.text)
                if identity is not None and identity.page <= len(plans):
                    corner = seen.position
                    return identity.page, corner.top_left.y > corner.bottom_left.y
    return None


def _around(to_px: Matrix, rect: Rect, margin: float, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """The upright box in px around a rectangle in mm."""
    xs = np.array([rect.x - margin, rect.right + margin, rect.x - margin, rect.right + margin])
    ys = np.array([rect.y - margin, rect.y - margin, rect.bottom + margin, rect.bottom + margin])
    px = to_px @ np.array([xs, ys, np.ones(4)])
    px = px[:2] / px[2]
    (x0, y0), (x1, y1) = np.floor(px.min(axis=1)).astype(int), np.ceil(px.max(axis=1)).astype(int)
    return slice(max(0, y0), min(shape[0], y1)), slice(max(0, x0), min(shape[1], x1))
