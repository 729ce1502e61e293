"""What the texts leave open, as the house or one congress sets it: quorum, bands of ages, how shares are counted.

A congress goes by its own values, then by those of the house, then by the defaults of `rules.credentials.settings`.
Nobody read any of them in a text in force: every page and paper that uses one says so, and names its source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daihoi.rules.credentials.settings import (
    CREDENTIALS_SETTINGS,
    CredentialsSettings,
    credentials_settings_from,
)
from daihoi.rules.errors import SettingOutOfRange
from daihoi.rules.setting_terms import SettingTerm, SettingValue
from daihoi.web.audit.services import record
from daihoi.web.congresses.models import Congress, Measures
from daihoi.web.congresses.services import subject_of

TERMS: Final[Mapping[str, SettingTerm]] = {term.name: term for term in CREDENTIALS_SETTINGS if term.unconfirmed}
"""What may be set: a clause that was read is not open."""
WORDS: Final[Mapping[str, str | Promise]] = {
    "age_bands": gettext_lazy("First ages of the bands of age"),
    "party_age_bands": gettext_lazy("First years of the bands of party age"),
    "age_counting": gettext_lazy("How ages are counted"),
    "share_of": gettext_lazy("Shares are of"),
    "majority_ethnicity": gettext_lazy("Ethnicity of the majority"),
    "quorum_delegates": gettext_lazy("Delegates who must at least be present"),
    "quorum_units": gettext_lazy("Units that must at least be represented"),
    "members_for_delegates": gettext_lazy("Members from whom on the congress is one of delegates"),
    "designated_percent": gettext_lazy("Designated delegates, at most (percent)"),
}
ANSWERS: Final[Mapping[str, str | Promise]] = {
    "full_years": gettext_lazy("full years on the day of the report"),
    "calendar_years": gettext_lazy("difference of the calendar years"),
    "present": gettext_lazy("the delegates present"),
    "summoned": gettext_lazy("the delegates summoned"),
}
OF_THE_QUORUM = ("quorum_delegates", "quorum_units")
OF_THE_REPORT = ("age_bands", "party_age_bands", "age_counting", "share_of", "majority_ethnicity", *OF_THE_QUORUM)
HOUSE = ""
"""Stands for the key of a congress where the house itself is meant."""


@dataclass(frozen=True)
class Told:
    """One setting as a page shows it: its value, the clause where one is named, and on whose word it was set."""

    name: str
    value: SettingValue
    source: str
    is_own: bool
    is_default: bool

    @property
    def words(self) -> str:
        """What it is."""
        return str(WORDS[self.name])

    @property
    def said(self) -> str:
        """The value in words."""
        return str(ANSWERS.get(str(self.value), self.value))

    @property
    def clause(self) -> str:
        """The text that is said to hold it, which nobody read; empty where none is known."""
        return TERMS[self.name].clause


@dataclass(frozen=True)
class InForce:
    """The settings that a congress goes by, each with where it comes from."""

    settings: CredentialsSettings
    told: Mapping[str, Told]

    def some(self, names: Iterable[str]) -> list[Told]:
        """Those of these names, in this order."""
        return [self.told[name] for name in names]

    @property
    def quorum(self) -> list[Told]:
        """What the quorum rests on."""
        return self.some(OF_THE_QUORUM)

    @property
    def report(self) -> list[Told]:
        """What the figures of the credentials report rest on."""
        return self.some(OF_THE_REPORT)


def held_by(key: str) -> Measures | None:
    """What one congress, by its key, or the house (`HOUSE`) sets itself."""
    return Measures.objects.filter(of=key).first()


def in_force(congress: Congress | None) -> InForce:
    """The settings of a congress, or of the house; one query."""
    key = congress.key if congress else HOUSE
    held = {one.of: one for one in Measures.objects.filter(of__in={key, HOUSE})}
    told = {}
    for name, term in TERMS.items():
        # The nearest that says anything: an empty place is not a value.
        by = next((held[of] for of in (key, HOUSE) if of in held and name in held[of].values), None)
        if by is None:
            told[name] = Told(name, term.default, "", is_own=False, is_default=True)
        else:
            told[name] = Told(name, by.values[name], by.source, is_own=by.of == key, is_default=False)
    # Checked again on the way out: what an older version kept must not count wrongly in silence.
    return InForce(credentials_settings_from({name: one.value for name, one in told.items()}), told)


def above(congress: Congress | None) -> InForce:
    """What holds where a congress, or the house, says nothing itself."""
    if congress is not None:
        return in_force(None)
    # The house stands on nothing but practice.
    told = {name: Told(name, term.default, "", is_own=False, is_default=True) for name, term in TERMS.items()}
    return InForce(CredentialsSettings(), told)


@transaction.atomic
def set_measures(*, congress: Congress | None, values: Mapping[str, SettingValue], source: str, by: str) -> Measures:
    """Set what a congress, or the house, goes by; what is not in `values` is taken from above.

    `source` says on whose word. Raises ValidationError by field: a value that cannot be, and values without a source.
    """
    for name, value in values.items():
        check(name, value)
    if values and not source.strip():
        raise ValidationError({"source": _("Say who decided it, number and day: pages and papers name the source.")})
    key = congress.key if congress else HOUSE
    held, _new = Measures.objects.update_or_create(
        of=key, defaults={"values": dict(values), "source": source.strip() if values else "", "set_by": by}
    )
    facts = {"values": "; ".join(f"{name} = {value}" for name, value in sorted(values.items())), "source": held.source}
    subject = subject_of(congress) if congress else "house:measures"
    record("congress.measures_set", by=by, subject=subject, facts=facts)
    return held


def check(name: str, value: SettingValue) -> None:
    """Raises ValidationError for this field where the value cannot be."""
    try:
        credentials_settings_from({name: value})
    except SettingOutOfRange as refused:
        words = _("“%(value)s” cannot be; write it like %(allowed)s.")
        raise ValidationError({name: words % {"value": value, "allowed": refused.fields["allowed"]}}) from None
