"""What learning a printed ballot refuses.

LearningError
+-- BlankError                       the blank page that was given
|   +-- BlankUnreadableError         not a picture or PDF that can be opened
|   +-- BlankTooManyPagesError       a sheet has two sides
|   +-- BlankWrongPaperError         neither A4 nor smaller than it
|   +-- BlankEmptyError              nothing is printed on it
|   +-- NothingFoundError            no table of names, no boxes, no numbered lines
|   +-- NameOnTwoLinesError          a name that is struck out must stand on one line
|   +-- SidesAlikeError              front and back could not be told apart
+-- NamesError
|   +-- NamesUnreadableError         the file of names is no text
|   +-- NamesDifferError             another number of names than of places
+-- SheetError
    +-- SheetMalformedError          SHEET.json does not say what it must say
    +-- RasterMissingError           the kept page is not beside SHEET.json
    +-- RasterChangedError           the kept page is another picture
    +-- CandidatesDifferError        another number of places than of candidates
    +-- OtherNameError               a name on the sheet is not the candidate's
    +-- OtherWayOfVotingError        the sheet is not voted on as the contest is
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar


class LearningError(Exception):
    """The family; the data in `fields`."""

    code: ClassVar[str] = "learning.error"

    def __init__(self, **fields: object) -> None:
        """Keep the data of the refusal by name."""
        super().__init__(f"{self.code} {fields}")
        self.fields: dict[str, object] = fields

    def __reduce__(self) -> tuple[object, tuple[()]]:
        """Travel from a reading process to the one that started it."""
        return partial(type(self), **self.fields), ()


class BlankError(LearningError):
    """The blank ballot cannot be learned."""


class BlankUnreadableError(BlankError):
    """`path` is no picture or PDF that can be opened."""

    code = "learning.blank_unreadable"


class BlankTooManyPagesError(BlankError):
    """`path` has `found` pages; a sheet has `most`."""

    code = "learning.blank_too_many_pages"


class BlankWrongPaperError(BlankError):
    """Page `page` of `path` is `found` mm."""

    code = "learning.blank_wrong_paper"


class BlankEmptyError(BlankError):
    """Nothing is printed on page `page` of `path`."""

    code = "learning.blank_empty"


class NothingFoundError(BlankError):
    """`path` shows no table of names, no boxes and no numbered lines."""

    code = "learning.nothing_found"


class NameOnTwoLinesError(BlankError):
    """The name in place `place` of page `page` of `path` runs over two lines."""

    code = "learning.name_on_two_lines"


class SidesAlikeError(BlankError):
    """Both pages of `path` bear nearly the same print."""

    code = "learning.sides_alike"


class NamesError(LearningError):
    """The file of names cannot be used."""


class NamesUnreadableError(NamesError):
    """`path` is not UTF-8 text."""

    code = "learning.names_unreadable"


class NamesDifferError(NamesError):
    """`path` holds `names` names, the ballot has `places` places; `picture` shows them where it was drawn."""

    code = "learning.names_differ"


class SheetError(LearningError):
    """A learned sheet cannot be used."""


class SheetMalformedError(SheetError):
    """`path` does not hold what it must at `place`: `expected`."""

    code = "learning.sheet_malformed"


class RasterMissingError(SheetError):
    """The kept page `path` is gone."""

    code = "learning.raster_missing"


class RasterChangedError(SheetError):
    """The kept page `path` is not the one that the sheet names."""

    code = "learning.raster_changed"


class CandidatesDifferError(SheetError):
    """`path` has `places` places, the contest `contest` has `candidates` candidates."""

    code = "learning.candidates_differ"


class OtherNameError(SheetError):
    """Place `place` of `path` bears the name `found`; the candidate there is `expected`."""

    code = "learning.other_name"


class OtherWayOfVotingError(SheetError):
    """`path` has targets of the kind `found`; the contest `contest` is voted on as `expected`."""

    code = "learning.other_way_of_voting"
