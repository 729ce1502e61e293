"""A whole small election in a folder, held by the commands themselves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from daihoi.cli.ballots import prepare_form
from daihoi.cli.given import read_given
from daihoi.papers.render import rasters
from daihoi.simulation.run import Order, write
from daihoi.simulation.voters import Habits
from tests.cli import elections
from tests.cli.terminal import Done, run

DPI = 150.0
CLEAN = Habits(mistakes=0.0, defects=0.0, specks=0.0)
SEED = 7
SMALL = ("summoned = 12\npresent = 11", "summoned = 8\npresent = 7")
"""A base of seven, so that six ballots can elect."""


@dataclass(frozen=True)
class Hall:
    """Where everything of the election lies."""

    folder: Path

    @property
    def election(self) -> Path:
        return self.folder / "election.toml"

    @property
    def scans(self) -> Path:
        return self.folder / "scans"

    @property
    def count(self) -> Path:
        return self.folder / "count"

    @property
    def key(self) -> Path:
        return self.folder / "board.pem"

    @property
    def public(self) -> Path:
        return self.folder / "board.pub.pem"

    @property
    def package(self) -> Path:
        return self.folder / "package.zip"

    def counted(self, *more: str | Path) -> Done:
        """`daihoi count` once more."""
        return run("count", self.election, "--contest", "bch", "--scans", self.scans, "--out", self.count, *more)


def scan(election: Path, out: Path, *, habits: Habits = CLEAN, ballots: int = 6, rehearsal: bool = False) -> None:
    """Simulated ballots of the committee; without mistakes unless they are wanted."""
    given = read_given(election, "bch")
    prepared = prepare_form(given, rehearsal=rehearsal)
    order = Order(given.grounds.contest.seats, ballots, SEED, dpi=DPI, habits=habits)
    write(out, prepared.plan, rasters(prepared.pdf, 200), raster_dpi=200, contest="bch", order=order)


def hold_election(folder: Path) -> Hall:
    """From the list to the sealed package; every step must succeed."""
    hall = Hall(folder)
    elections.write(folder, SMALL)
    scan(hall.election, hall.scans)
    for step in (
        hall.counted("--workers", "1"),
        run("minutes", hall.count),
        run("keys", "new", "--out", hall.key),
        run("seal", hall.count, "--key", hall.key, "--out", hall.package),
    ):
        assert step.code == 0, step
    return hall
