"""Papers of a contest: its own ballots, marked by a simulated hall and scanned."""

from __future__ import annotations

from functools import cache

from daihoi.papers.ballots import Prepared
from daihoi.papers.render import rasters
from daihoi.simulation.encode import files_of
from daihoi.simulation.run import simulate
from daihoi.simulation.terms import Format, SimulatedSheet
from daihoi.simulation.voters import Habits

DPI = 300.0


def marked(
    prepared: Prepared, *, ballots: int, seats: int, seed: int, habits: Habits | None = None
) -> list[SimulatedSheet]:
    """Ballots as the hall marked them; each tells what it meant in `truth`."""
    plan = prepared.plan
    drawn = rasters(prepared.pdf, DPI)
    return list(
        simulate(
            plan, drawn, raster_dpi=DPI, seats=seats, ballots=ballots, seed=seed, scanner="office", dpi=150.0,
            habits=habits,
        )
    )  # fmt: skip


def scans(sheets: list[SimulatedSheet]) -> list[tuple[str, bytes]]:
    """The files as a scanner numbers them."""
    return [one for sheet in sheets for one in files_of(sheet.pages, f"{sheet.number:04d}", Format.NATIVE)]


@cache
def nothing() -> bytes:
    """A file that is no image."""
    return b"not an image at all" * 20
