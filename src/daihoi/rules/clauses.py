"""What an edition of the regulation is made of: topics, citations with the way they are known, guidance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Topic(StrEnum):
    """A subject that papers and findings cite."""

    RATIFICATION = "ratification"
    VOTING_FORM = "voting_form"
    CREDENTIALS_BOARD = "credentials_board"
    COUNTING_BOARD = "counting_board"
    NOMINATION_DISCIPLINE = "nomination_discipline"
    SURPLUS = "surplus"
    PREPARED_LIST = "prepared_list"
    SUPPORT = "support"
    NAME_ORDER = "name_order"
    BALLOT_PAPER = "ballot_paper"
    BALLOT_VALIDITY = "ballot_validity"
    COMMITTEE = "committee"
    DELEGATES = "delegates"
    RESULT = "result"
    VOTES = "votes"
    BASE_MEMBERS = "base_members"
    BASE_DELEGATES = "base_delegates"
    BASE_MEETING = "base_meeting"
    RANKING = "ranking"
    TIES = "ties"
    SHORTFALL = "shortfall"
    COMPLAINTS = "complaints"
    SANCTIONS = "sanctions"
    ARCHIVE = "archive"


class Tag(StrEnum):
    """How a clause is known: F read in full, P in part, N second-hand, M remembered, I inferred, K common practice."""

    F = "F"
    P = "P"
    N = "N"
    M = "M"
    I = "I"  # noqa: E741
    K = "K"


@dataclass(frozen=True)
class Citation:
    """One clause of one regulation. `article` 0 means that only the regulation itself can be cited."""

    regulation: str
    article: int
    paragraph: int = 0
    tag: Tag = Tag.F

    @property
    def confirmed(self) -> bool:
        """Whether the number of the article was read, in full or in part."""
        return self.tag in (Tag.F, Tag.P)

    @property
    def short(self) -> str:
        """The clause for a finding, the same in both languages: "190-QĐ/TW Đ14 k1"."""
        parts = [self.regulation]
        if self.article:
            parts.append(f"Đ{self.article}")
        if self.paragraph:
            parts.append(f"k{self.paragraph}")
        return " ".join(parts)

    def __str__(self) -> str:
        """The clause for an official paper: "khoản 1 Điều 14"; empty where no article can be cited."""
        if not self.article:
            return ""
        return f"khoản {self.paragraph} Điều {self.article}" if self.paragraph else f"Điều {self.article}"


@dataclass(frozen=True)
class Guidance:
    """A guidance of the Centre: two of them share the number 04-HD/TW, so the date is part of its name."""

    number: str
    issued: date


@dataclass(frozen=True)
class Edition:
    """One edition of the regulation. `support_percent` is None where no fixed share of support is known."""

    id: str
    number: str
    issued: date
    in_force_from: date
    clauses: Mapping[Topic, Citation]
    guidance: tuple[Guidance, ...]
    support_percent: int | None
    max_surplus_percent: int = 30

    def clause(self, topic: Topic) -> str:
        """The clause of a topic in the short form of findings; the regulation alone where none is known."""
        citation = self.clauses.get(topic)
        return citation.short if citation else self.number

    def unconfirmed_clauses(self) -> tuple[tuple[Topic, Citation], ...]:
        """Citations whose number was not read; the annex of the minutes marks them."""
        return tuple((topic, clause) for topic, clause in self.clauses.items() if not clause.confirmed)
