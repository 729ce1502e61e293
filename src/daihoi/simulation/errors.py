"""What simulation refuses.

SimulationError
    UnknownScanner       no scanner of that name
    NoBallots            fewer than one ballot asked for
    OutputNotEmpty       the folder holds files that simulation did not write
    PagesDiffer          the plan and its rasters have different numbers of pages
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar


class SimulationError(Exception):
    """Any refusal of this room; `fields` fill the sentence in `words.errors.simulation`."""

    code: ClassVar[str] = "simulation.refused"

    def __init__(self, **fields: object) -> None:
        self.fields: dict[str, object] = fields
        super().__init__(self.code, fields)

    def __reduce__(self) -> tuple[object, tuple[()]]:
        """Travel from a reading process to the one that started it."""
        return partial(type(self), **self.fields), ()


class UnknownScanner(SimulationError):  # noqa: N818 -- named by what is wrong, as in every room
    """No scanner of that name; `known` lists those that there are."""

    code = "simulation.unknown_scanner"

    def __init__(self, scanner: str, known: str) -> None:
        self.scanner, self.known = scanner, known
        super().__init__(scanner=scanner, known=known)


class NoBallots(SimulationError):  # noqa: N818
    """Fewer than one ballot was asked for."""

    code = "simulation.no_ballots"

    def __init__(self, ballots: int) -> None:
        self.ballots = ballots
        super().__init__(ballots=ballots)


class OutputNotEmpty(SimulationError):  # noqa: N818
    """The folder holds `file`, which is neither an image of a former simulation nor its truth.json."""

    code = "simulation.output_not_empty"

    def __init__(self, folder: str, file: str) -> None:
        self.folder, self.file = folder, file
        super().__init__(folder=folder, file=file)


class PagesDiffer(SimulationError):  # noqa: N818
    """As many rasters must be given as the plan has pages."""

    code = "simulation.pages_differ"

    def __init__(self, pages: int, rasters: int) -> None:
        self.pages, self.rasters = pages, rasters
        super().__init__(pages=pages, rasters=rasters)
