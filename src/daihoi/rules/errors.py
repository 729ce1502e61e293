"""What `rules` refuses: input that contradicts itself or the regulation. Ties, doubts and invalid ballots are values.

    RulesError
    ├── EditionError        NoEditionInForce, UnknownEdition
    ├── SettingError        UnknownSetting, SettingOutOfRange
    ├── RollError           CountOutOfRange, GroundOfAnotherForm, GroundNotDeducted, DeductionExceedsRoll,
    │                       PresentExceedsRoll, NobodyInBase
    ├── MarksError          UnknownCandidate, MissingMark, MarkOfAnotherForm, GroundNotInMarks
    └── VotesError          VotesOfUnknownCandidate, VotesMissing

Every class has a stable `code`; its data stand in `fields` and as attributes. `words` makes the sentence.
"""

# ruff: noqa: N818 -- an error bears the name of what is wrong, as a board would say it.
from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar


class RulesError(Exception):
    """The family of this room."""

    code: ClassVar[str] = "rules.error"

    def __init__(self, **fields: object) -> None:
        super().__init__(self.code, fields)
        self.fields: dict[str, object] = fields


class EditionError(RulesError):
    """No edition of the regulation can be chosen."""

    code = "rules.edition"


class NoEditionInForce(EditionError):
    """The congress opened before the first edition that this program knows."""

    code = "rules.no_edition_in_force"

    def __init__(self, *, opens: date, first: date) -> None:
        super().__init__(opens=opens.isoformat(), first=first.isoformat())
        self.opens = opens
        self.first = first


class UnknownEdition(EditionError):
    """The file names an edition that this program does not know."""

    code = "rules.unknown_edition"

    def __init__(self, *, named: str, known: Sequence[str]) -> None:
        super().__init__(named=named, known=", ".join(known))
        self.named = named
        self.known = tuple(known)


class SettingError(RulesError):
    """A value of [rules] cannot be used."""

    code = "rules.setting"


class UnknownSetting(SettingError):
    """[rules] holds a name that is no setting."""

    code = "rules.unknown_setting"

    def __init__(self, *, name: str, known: Sequence[str]) -> None:
        super().__init__(name=name, known=", ".join(known))
        self.name = name
        self.known = tuple(known)


class SettingOutOfRange(SettingError):
    """A setting has a value of another kind or outside what it allows."""

    code = "rules.setting_out_of_range"

    def __init__(self, *, name: str, value: object, allowed: str) -> None:
        super().__init__(name=name, value=value, allowed=allowed)
        self.name = name
        self.value = value
        self.allowed = allowed


class RollError(RulesError):
    """The roll cannot give a base."""

    code = "rules.roll"


class CountOutOfRange(RollError):
    """A count is negative, or zero where somebody must be."""

    code = "rules.count_out_of_range"

    def __init__(self, *, field: str, value: int, lowest: int) -> None:
        super().__init__(field=field, value=value, lowest=lowest)
        self.field = field
        self.value = value
        self.lowest = lowest


class GroundOfAnotherForm(RollError):
    """A deduction that belongs to another form of congress."""

    code = "rules.ground_of_another_form"

    def __init__(self, *, ground: str, form: str, allowed: Sequence[str]) -> None:
        super().__init__(ground=ground, form=form, allowed=", ".join(allowed))
        self.ground = ground
        self.form = form
        self.allowed = tuple(allowed)


class GroundNotDeducted(RollError):
    """A deduction of this form that a setting has switched off."""

    code = "rules.ground_not_deducted"

    def __init__(self, *, ground: str, setting: str) -> None:
        super().__init__(ground=ground, setting=setting)
        self.ground = ground
        self.setting = setting


class DeductionExceedsRoll(RollError):
    """A deduction takes off more people than are left on the roll."""

    code = "rules.deduction_exceeds_roll"

    def __init__(self, *, ground: str, count: int, left: int, summoned: int) -> None:
        super().__init__(ground=ground, count=count, left=left, summoned=summoned)
        self.ground = ground
        self.count = count
        self.left = left
        self.summoned = summoned


class PresentExceedsRoll(RollError):
    """More people are present than were summoned and not deducted as absent."""

    code = "rules.present_exceeds_roll"

    def __init__(self, *, present: int, possible: int, summoned: int, absent: int) -> None:
        super().__init__(present=present, possible=possible, summoned=summoned, absent=absent)
        self.present = present
        self.possible = possible
        self.summoned = summoned
        self.absent = absent


class NobodyInBase(RollError):
    """The deductions leave nobody who could elect."""

    code = "rules.nobody_in_base"

    def __init__(self, *, summoned: int) -> None:
        super().__init__(summoned=summoned)
        self.summoned = summoned


class MarksError(RulesError):
    """The marks are not those of a ballot of this contest. Callers add the file and the row."""

    code = "rules.marks"


class UnknownCandidate(MarksError):
    """A mark for somebody who is not on the list of this contest."""

    code = "rules.unknown_candidate"

    def __init__(self, *, candidate: str, contest: str) -> None:
        super().__init__(candidate=candidate, contest=contest)
        self.candidate = candidate
        self.contest = contest


class MissingMark(MarksError):
    """A candidate of the contest has no mark."""

    code = "rules.missing_mark"

    def __init__(self, *, candidate: str, contest: str) -> None:
        super().__init__(candidate=candidate, contest=contest)
        self.candidate = candidate
        self.contest = contest


class MarkOfAnotherForm(MarksError):
    """A word that this form of ballot does not have."""

    code = "rules.mark_of_another_form"

    def __init__(self, *, candidate: str, mark: str, form: str, allowed: Sequence[str]) -> None:
        super().__init__(candidate=candidate, mark=mark, form=form, allowed=", ".join(allowed))
        self.candidate = candidate
        self.mark = mark
        self.form = form
        self.allowed = tuple(allowed)


class GroundNotInMarks(MarksError):
    """The board named a ground that only the marks can give, and the clear marks do not give it."""

    code = "rules.ground_not_in_marks"

    def __init__(self, *, ground: str, contest: str) -> None:
        super().__init__(ground=ground, contest=contest)
        self.ground = ground
        self.contest = contest


class VotesError(RulesError):
    """The votes do not belong to the list of the contest."""

    code = "rules.votes"


class VotesOfUnknownCandidate(VotesError):
    """Votes for somebody who is not on the list."""

    code = "rules.votes_of_unknown_candidate"

    def __init__(self, *, candidate: str, contest: str) -> None:
        super().__init__(candidate=candidate, contest=contest)
        self.candidate = candidate
        self.contest = contest


class VotesMissing(VotesError):
    """A candidate of the list has no figure, not even zero."""

    code = "rules.votes_missing"

    def __init__(self, *, candidate: str, contest: str) -> None:
        super().__init__(candidate=candidate, contest=contest)
        self.candidate = candidate
        self.contest = contest
