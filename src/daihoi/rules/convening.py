"""May this congress be convened so: its size, its form, who is still missing, how many are designated. [process 4.1]

R05, R06, R09 and R11. Limits are data by round and tier; where nobody read the clause the finding says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from daihoi.rules.clauses import Tag
from daihoi.rules.credentials.findings import CongressFinding
from daihoi.rules.credentials.settings import CredentialsSettings
from daihoi.rules.credentials.terms import Unit, UnitId
from daihoi.rules.lists import Severity
from daihoi.rules.terms import CongressForm

CONVENING_CHECKS: Final = ("delegates_within_limits", "form_by_members", "every_unit_sends", "designated_within_share")


class Tier(StrEnum):
    """The level of the organisation that holds the congress."""

    GRASSROOTS = "grassroots"
    ABOVE_GRASSROOTS = "above_grassroots"
    PROVINCE = "province"


@dataclass(frozen=True)
class DelegateLimit:
    """Fewest and most official delegates of a round and tier; `organisation` where one has limits of its own."""

    round: str
    tier: Tier
    low: int
    high: int
    clause: str
    tag: Tag
    organisation: str = ""


_CT35 = "35-CT/TW (30/5/2019)"

LIMITS: Final[tuple[DelegateLimit, ...]] = (
    DelegateLimit("2020-2025", Tier.PROVINCE, 300, 350, _CT35, Tag.N),
    DelegateLimit("2020-2025", Tier.PROVINCE, 300, 500, _CT35, Tag.N, "Hà Nội"),
    DelegateLimit("2020-2025", Tier.PROVINCE, 300, 450, _CT35, Tag.N, "Thành phố Hồ Chí Minh"),
    DelegateLimit("2020-2025", Tier.PROVINCE, 300, 450, _CT35, Tag.N, "Nghệ An"),
    DelegateLimit("2020-2025", Tier.PROVINCE, 300, 450, _CT35, Tag.N, "Thanh Hóa"),
    DelegateLimit("2020-2025", Tier.ABOVE_GRASSROOTS, 1, 300, _CT35, Tag.N),
)
"""R05 as read in the press. The annexes of the round 2025-2030 were not found: no limit is checked for it."""


def limit_for(
    round_label: str, tier: Tier, organisation: str = "", limits: Sequence[DelegateLimit] = LIMITS
) -> DelegateLimit | None:
    """The limit of that organisation, else the one of its tier; None where none is known for the round."""
    known = [limit for limit in limits if limit.round == round_label and limit.tier is tier]
    # The press names four organisations by their own limits; all others of the tier share one.
    own = [limit for limit in known if limit.organisation and limit.organisation == organisation]
    general = [limit for limit in known if not limit.organisation]
    return next(iter([*own, *general]), None)


def check_number(summoned: int, limit: DelegateLimit | None) -> tuple[CongressFinding, ...]:
    """R05: as many official delegates as the directive of the round allows; nothing where no limit is known."""
    if limit is None or limit.low <= summoned <= limit.high:
        return ()
    fields = {"summoned": summoned, "low": limit.low, "high": limit.high, "round": limit.round}
    # Consent of the superior may exceed the press's figures, and none of the texts was read: a warning.
    return (CongressFinding("delegates_within_limits", Severity.WARN, limit.clause, limit.tag, fields),)


def check_form(
    form: CongressForm, members: int, *, consent: str = "", settings: CredentialsSettings | None = None
) -> tuple[CongressFinding, ...]:
    """R06: below the threshold a congress of all members, from it on one of delegates, unless the superior consents.

    `consent` names the document of the superior; with it the finding stands as overridden.
    """
    threshold = (settings or CredentialsSettings()).members_for_delegates
    expected = CongressForm.MEMBERS if members < threshold else CongressForm.DELEGATES
    if form is expected or form is CongressForm.MEETING:
        return ()
    # Kept and not dropped: the record shows on whose document the congress departs from the rule.
    severity = Severity.OVERRIDDEN if consent.strip() else Severity.REFUSE
    fields = {"members": members, "threshold": threshold, "form": form, "expected": expected, "consent": consent}
    return (CongressFinding("form_by_members", severity, _CT35, Tag.N, fields),)


def check_units(units: Sequence[Unit], sending: Sequence[UnitId]) -> tuple[CongressFinding, ...]:
    """R09: every subordinate organisation has its delegates entered; the finding lists those that have none."""
    entered = set(sending)
    missing = tuple(unit.name for unit in units if unit.id not in entered)
    if not missing:
        return ()
    fields = {"missing": missing, "count": len(missing), "units": len(units)}
    return (CongressFinding("every_unit_sends", Severity.REFUSE, "", Tag.I, fields),)


def check_designated(
    designated: int, summoned: int, *, settings: CredentialsSettings | None = None
) -> tuple[CongressFinding, ...]:
    """R11: designated delegates are at most the share of those summoned; by integers, exactly the share is allowed."""
    most = (settings or CredentialsSettings()).designated_percent
    if 100 * designated <= most * summoned:
        return ()
    fields = {"designated": designated, "summoned": summoned, "percent": most, "most": most * summoned // 100}
    return (CongressFinding("designated_within_share", Severity.WARN, "", Tag.K, fields),)
