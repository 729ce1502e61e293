# ruff: noqa: N818 -- named by what is wrong, as in every room
"""What minutes refuse to print.

MinutesError (of the family PapersError)
├── EditionWithoutBasis   no legal basis is known for this edition of the regulation
├── CandidateNotListed    an elected, alternate or tied id does not stand on the list
└── DigestMalformed       the digest of the count is not 64 hex digits
"""

from __future__ import annotations

from typing import ClassVar

from daihoi.papers.errors import PapersError


class MinutesError(PapersError):
    """Minutes cannot be printed; `fields` fill the sentence of `code`."""

    code: ClassVar[str] = "minutes.refused"


class EditionWithoutBasis(MinutesError):
    """`edition` is none of those whose number and date are known."""

    code: ClassVar[str] = "minutes.edition_without_basis"


class CandidateNotListed(MinutesError):
    """`candidate` is named by the result and is not on the list of `contest`."""

    code: ClassVar[str] = "minutes.candidate_not_listed"


class DigestMalformed(MinutesError):
    """`digest` is not the lower-case SHA-256 of the record."""

    code: ClassVar[str] = "minutes.digest_malformed"
