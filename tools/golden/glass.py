"""The scanner of the golden sheets: how a leaf lies on the glass, and how the picture is written to a file."""

from __future__ import annotations

import io
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from golden.leaf import PX, Leaf, Pixels

GREYS = 16
"""Levels of grey that are kept, four bits a pixel: a sheet stays small, and twelve levels gave doubts."""


@dataclass(frozen=True)
class Glass:
    """`turn` is quarter turns clockwise, `skew` degrees; `size` the share by which the print is larger than drawn.

    `kind` is the file: grey16 (PNG of 16 greys), bit (PNG of 1 bit), g4 (TIFF), jpeg and colour (both JPEG of that
    quality). `stretch` is mm by which the feed runs ahead and falls behind, `jolt` mm by which it slips at mid-page.
    `lid` is the shade where no paper lies; `edge` mm of shadow along the sides.
    """

    dpi: float = 200.0
    skew: float = 0.0
    turn: int = 0
    mirror: bool = False
    size: float = 1.0
    stretch: float = 0.0
    jolt: float = 0.0
    shift: tuple[float, float] = (0.0, 0.0)
    lid: int = 250
    edge: float = 0.0
    blur: float = 0.10
    noise: float = 0.0
    white: float = 245.0
    black: float = 25.0
    shade: float = 0.0
    cut: float = 0.62
    kind: str = "grey16"
    quality: int = 75

    @property
    def ending(self) -> str:
        """The ending of the file's name."""
        return {"g4": "tif", "jpeg": "jpg", "colour": "jpg"}.get(self.kind, "png")

    def see(self, leaf: Leaf) -> Pixels:
        """`(H, W, 3)` red, green, blue as the sensor sees the leaf, before it is written."""
        px = self.dpi / 25.4
        width, height = round(210 * px), round(297 * px)
        x, y = np.meshgrid((np.arange(width) + 0.5) / px, (np.arange(height) + 0.5) / px)
        x, y = x - 105 - self.shift[0], y - 148.5 - self.shift[1]
        turn = np.radians(self.skew)
        u = (x * np.cos(turn) + y * np.sin(turn)) / self.size + 105
        v = (y * np.cos(turn) - x * np.sin(turn)) / self.size + 148.5
        v += self.stretch * np.sin(v / 297 * 2 * np.pi * 1.5) + self.jolt * np.clip((v - 150) / 4, 0, 1)
        paper = leaf.paper
        if self.dpi < 260:
            paper = np.asarray(cv2.GaussianBlur(paper, (0, 0), 0.42 * PX / px), np.uint8)
        maps = (u * PX - 0.5).astype(np.float32), (v * PX - 0.5).astype(np.float32)
        image = cv2.remap(paper, *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(self.lid,) * 3)
        image = cv2.GaussianBlur(image, (0, 0), max(0.35, self.blur * px))
        seen = self.black + image.astype(np.float32) * (self.white - self.black) / 255
        if self.edge:
            seen *= np.clip(x + 105, 0, self.edge)[:, :, None] / self.edge * 0.75 + 0.25
        if self.shade:
            seen *= (1 - self.shade * np.linspace(0, 1, width) ** 2)[None, :, None]
        if self.noise:
            rng = np.random.default_rng(3)
            seen += rng.normal(0, self.noise, (height, width)).astype(np.float32)[:, :, None]
        out = np.clip(np.rint(seen), 0, 255).astype(np.uint8)
        if self.mirror:
            out = out[:, ::-1]
        return np.ascontiguousarray(np.rot90(out, -self.turn))

    def write(self, leaf: Leaf) -> bytes:
        """The file."""
        seen = Image.fromarray(self.see(leaf))
        stream = io.BytesIO()
        dpi = (round(self.dpi), round(self.dpi))
        if self.kind == "colour":
            seen.save(stream, "JPEG", quality=self.quality, dpi=dpi, optimize=True)
        elif self.kind == "jpeg":
            seen.convert("L").save(stream, "JPEG", quality=self.quality, dpi=dpi, optimize=True)
        elif self.kind == "grey16":
            step = 255 // (GREYS - 1)
            picture = Image.fromarray(np.rint(np.asarray(seen.convert("L")) / step).astype(np.uint8), "P")
            picture.putpalette([level * step for level in range(GREYS) for _ in "rgb"])
            picture.save(stream, "PNG", optimize=True, bits=4)
        else:
            grey = np.asarray(seen.convert("L"))
            # A text mode cuts against the brightness around, or grey paper would come out black.
            around = cv2.blur(
                cv2.dilate(cv2.resize(grey, None, fx=1 / 16, fy=1 / 16), np.ones((5, 5), np.uint8)), (9, 9)
            )
            level = cv2.resize(around, grey.shape[::-1]).astype(np.float32) * self.cut
            picture = Image.fromarray(np.where(grey < level, 0, 255).astype(np.uint8)).convert(
                "1", dither=Image.Dither.NONE
            )
            if self.kind == "g4":
                picture.save(stream, "TIFF", compression="group4", dpi=dpi)
            else:
                picture.save(stream, "PNG", optimize=True)
        return stream.getvalue()
