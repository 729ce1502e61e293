"""One golden sheet: what is drawn, how it is scanned, and what a person says must come out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from golden.glass import Glass
from golden.leaf import Leaf

Draw = Callable[[Leaf], object]
Answer = str | tuple[str, ...]
"""A mark, or several where a person would hesitate too."""


@dataclass(frozen=True)
class Case:
    """`marks` names what differs from the clean answer; `refused` the reasons of which one must come instead.

    With both, the page is read so or refused so. Ink outside of the list is not judged on these sheets.
    """

    draw: Draw
    marks: dict[str, Answer] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    how: Glass = field(default_factory=Glass)
    page: int = 1


def many(names: str, mark: Answer) -> dict[str, Answer]:
    """The same answer for several candidates: `many("2 5 8", "struck")`."""
    return {f"c{int(name):02d}": mark for name in names.split()}


STRUCK, KEPT, DOUBT = "struck", "kept", "doubtful"
EITHER: Answer = ("struck", "doubtful")
"""Struck to most people; some would ask."""
HARDLY: Answer = ("kept", "doubtful")
"""Nothing to most people; some would ask."""
