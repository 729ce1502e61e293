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

from collections.abc import Callable
from datetime import date
from typing import ClassVar


class RulesError(Exception):
    """The family of this room."""

    code: ClassVar[str] = "rules.error"

    def __init__(self, **fields: object) -> None:
        """Each class annotates the fields that it is raised with; they become its attributes. TypeError for others."""
        if set(fields) != {name for name in type(self).__annotations__ if name != "code"}:
            raise TypeError(f"{type(self).__name__} is raised with {sorted(type(self).__annotations__)}")
        # A list would change under the error; a tuple stays what it was when it was raised.
        self.fields: dict[str, object] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()
        }
        vars(self).update(self.fields)
        super().__init__(self.code, self.fields)

    def __reduce__(self) -> tuple[Callable[..., RulesError], tuple[type[RulesError], dict[str, object]]]:
        """An error crosses from a worker process with its fields."""
        return _again, (type(self), self.fields)


def _again(kind: type[RulesError], fields: dict[str, object]) -> RulesError:
    return kind(**fields)


class EditionError(RulesError):
    """No edition of the regulation can be chosen."""

    code = "rules.edition"


class NoEditionInForce(EditionError):
    """The congress opened before the first edition that this program knows."""

    code = "rules.no_edition_in_force"
    opens: date
    first: date


class UnknownEdition(EditionError):
    """The file names an edition that this program does not know."""

    code = "rules.unknown_edition"
    named: str
    known: tuple[str, ...]


class SettingError(RulesError):
    """A value of [rules] cannot be used."""

    code = "rules.setting"


class UnknownSetting(SettingError):
    """[rules] holds a name that is no setting."""

    code = "rules.unknown_setting"
    name: str
    known: tuple[str, ...]


class SettingOutOfRange(SettingError):
    """A setting has a value of another kind or outside what it allows."""

    code = "rules.setting_out_of_range"
    name: str
    value: object
    allowed: str


class RollError(RulesError):
    """The roll cannot give a base."""

    code = "rules.roll"


class CountOutOfRange(RollError):
    """A count is negative, or zero where somebody must be."""

    code = "rules.count_out_of_range"
    field: str
    value: int
    lowest: int


class GroundOfAnotherForm(RollError):
    """A deduction that belongs to another form of congress."""

    code = "rules.ground_of_another_form"
    ground: str
    form: str
    allowed: tuple[str, ...]


class GroundNotDeducted(RollError):
    """A deduction of this form that a setting has switched off."""

    code = "rules.ground_not_deducted"
    ground: str
    setting: str


class DeductionExceedsRoll(RollError):
    """A deduction takes off more people than are left on the roll."""

    code = "rules.deduction_exceeds_roll"
    ground: str
    count: int
    left: int
    summoned: int


class PresentExceedsRoll(RollError):
    """More people are present than were summoned and not deducted as absent."""

    code = "rules.present_exceeds_roll"
    present: int
    possible: int
    summoned: int
    absent: int


class NobodyInBase(RollError):
    """The deductions leave nobody who could elect."""

    code = "rules.nobody_in_base"
    summoned: int


class MarksError(RulesError):
    """The marks are not those of a ballot of this contest. Callers add the file and the row."""

    code = "rules.marks"


class UnknownCandidate(MarksError):
    """A mark for somebody who is not on the list of this contest."""

    code = "rules.unknown_candidate"
    candidate: str
    contest: str


class MissingMark(MarksError):
    """A candidate of the contest has no mark."""

    code = "rules.missing_mark"
    candidate: str
    contest: str


class MarkOfAnotherForm(MarksError):
    """A word that this form of ballot does not have."""

    code = "rules.mark_of_another_form"
    candidate: str
    mark: str
    form: str
    allowed: tuple[str, ...]


class GroundNotInMarks(MarksError):
    """The board named a ground that only the marks can give, and the clear marks do not give it."""

    code = "rules.ground_not_in_marks"
    ground: str
    contest: str


class VotesError(RulesError):
    """The votes do not belong to the list of the contest."""

    code = "rules.votes"


class VotesOfUnknownCandidate(VotesError):
    """Votes for somebody who is not on the list."""

    code = "rules.votes_of_unknown_candidate"
    candidate: str
    contest: str


class VotesMissing(VotesError):
    """A candidate of the list has no figure, not even zero."""

    code = "rules.votes_missing"
    candidate: str
    contest: str
