"""How far a congress is: what is missing and who must act, and the checks of its size, form and delegates."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from django.db.models import F, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from daihoi.rules import convening
from daihoi.rules.credentials import terms
from daihoi.rules.credentials.checks import check_delegates
from daihoi.rules.credentials.findings import CongressFinding
from daihoi.rules.credentials.roll import roll_of
from daihoi.rules.lists import Severity
from daihoi.rules.terms import CongressForm
from daihoi.web.accounts.choices import RIGHTS, Right, Role
from daihoi.web.accounts.permissions import Viewer
from daihoi.web.congresses import attendance, measures, queries
from daihoi.web.congresses.choices import Form, State
from daihoi.web.congresses.models import Congress
from daihoi.web.organisations.choices import Tier
from daihoi.web.organisations.models import Organisation
from daihoi.web.organisations.queries import beneath
from daihoi.words.credentials import finding_sentence

_TIERS = {
    Tier.GRASSROOTS: convening.Tier.GRASSROOTS,
    Tier.ABOVE_GRASSROOTS: convening.Tier.ABOVE_GRASSROOTS,
    Tier.PROVINCE: convening.Tier.PROVINCE,
}
ON_THE_WAY = (State.PLANNED, State.CONVENED, State.IN_SESSION)


@dataclass(frozen=True)
class Gap:
    """One thing that is missing: what, why it matters, where it is mended, and the right that mends it."""

    words: str
    reason: str
    address: str
    right: Right

    @property
    def who(self) -> str:
        """The roles that can act; the administrator, who can nearly everything, is not named."""
        roles = [str(role.label) for role in Role if self.right in RIGHTS[role] and role is not Role.ADMINISTRATOR]
        return ", ".join(roles)


def gaps(congress: Congress) -> Iterator[Gap]:
    """What is missing, first things first. `congress` comes from `queries.with_numbers`."""
    # In the order in which they must be done: the front page shows the first.
    yield from _of_the_plan(congress)
    if congress.form == Form.DELEGATES:
        yield from _of_delegates(congress)
        yield from _of_the_day(congress)
    elif not _number(congress, "n_rolls"):
        yield Gap(
            _("Note who is present and freeze the roll of members"),
            _("The convening committee reports who is there and who is off the base; the elections rest on it."),
            _at("rolls", congress), Right.EDIT_DELEGATES,
        )  # fmt: skip


def _at(name: str, congress: Congress) -> str:
    return reverse(name, args=[congress.key])


def _number(congress: Congress, name: str) -> int:
    """A number that `queries.with_numbers` put there."""
    return cast("int", getattr(congress, name))


def _of_the_plan(congress: Congress) -> Iterator[Gap]:
    if congress.opens is None:
        yield Gap(
            _("Set the day of the opening"), _("Papers, ages and the edition of the regulation hang on it."),
            _at("congress_change", congress), Right.EDIT_CONGRESS,
        )  # fmt: skip
    if not congress.venue:
        yield Gap(
            _("Enter the venue"), _("Summons and invitations name it."), _at("congress_change", congress),
            Right.EDIT_CONGRESS,
        )  # fmt: skip
    if not _number(congress, "n_sessions"):
        yield Gap(
            _("Add the sessions"), _("People are checked in at the door of a session."),
            _at("congress_sessions", congress), Right.EDIT_CONGRESS,
        )  # fmt: skip


def _of_delegates(congress: Congress) -> Iterator[Gap]:
    if not _number(congress, "n_allocated"):
        yield Gap(
            _("Allocate the delegates"),
            _("It says which unit sends how many; without it nobody is known to be missing."),
            _at("congress_allocation", congress), Right.EDIT_CONGRESS,
        )  # fmt: skip
    official = _number(congress, "n_official")
    if not official:
        yield Gap(
            _("Enter the delegates"), _("Import the list, or add them one by one."), _at("delegates", congress),
            Right.EDIT_DELEGATES,
        )  # fmt: skip
        return
    wanted = congress.delegates_allocated
    if wanted and official < wanted:
        words = ngettext(
            "%(n)d delegate is still to be entered", "%(n)d delegates are still to be entered", wanted - official
        )
        yield Gap(
            words % {"n": wanted - official},
            _("%(wanted)d are allocated, %(there)d are on the list.") % {"wanted": wanted, "there": official},
            _at("delegates", congress), Right.EDIT_DELEGATES,
        )  # fmt: skip


def _of_the_day(congress: Congress) -> Iterator[Gap]:
    if not _number(congress, "n_official"):
        return
    ungrouped = _number(congress, "n_ungrouped")
    if not _number(congress, "n_groups") or ungrouped:
        yield Gap(
            _("Put the delegates into groups"), _("%(n)d have no group yet.") % {"n": ungrouped},
            _at("congress_groups", congress), Right.EDIT_CONGRESS,
        )  # fmt: skip
    unseated = _number(congress, "n_unseated")
    if unseated:
        yield Gap(
            _("Give out the seats"), _("%(n)d have no seat yet.") % {"n": unseated},
            _at("congress_papers", congress), Right.PRINT_PAPERS,
        )  # fmt: skip
    if not _number(congress, "n_board"):
        yield Gap(
            _("Enter the credentials board"),
            _("Its members are official delegates; it signs the roll and the report."),
            _at("congress_bodies", congress), Right.EDIT_CONGRESS,
        )  # fmt: skip
    waiting = _number(congress, "n_open")
    if waiting:
        words = ngettext(
            "Look at the credentials of %(n)d delegate", "Look at the credentials of %(n)d delegates", waiting
        )
        yield Gap(
            words % {"n": waiting}, _("The board recognises or refuses each before the roll is frozen."),
            f"{_at('delegates', congress)}?credentials=open", Right.EDIT_DELEGATES,
        )  # fmt: skip
    if not waiting and not _number(congress, "n_rolls"):
        yield Gap(
            _("Freeze the roll"), _("It is the base of the elections, and is fixed before ballots are issued."),
            _at("rolls", congress), Right.FREEZE_ROLL,
        )  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A finding as a page shows it: how grave, its sentence with the clause, and whether nobody read that clause."""

    check: str
    severity: str
    sentence: str
    unconfirmed: bool


def findings(congress: Congress, rights: Collection[Right]) -> list[Told]:
    """R05, R06, R09, R11 and the contradictions of the list, refusals first.

    Who may not see names is told those of the congress as a whole; without personnel data, none that rest on it.
    """
    personnel = Right.SEE_PERSONNEL in rights
    delegates, units = attendance.as_terms(congress, personnel=personnel)
    language = "vi" if (get_language() or "vi").startswith("vi") else "en"
    found = [*_of_convening(congress, delegates, units)]
    if congress.form == Form.DELEGATES and Right.SEE_PEOPLE in rights:
        of_people = check_delegates(delegates, on=congress.opens or timezone.localdate())
        # Without births every two of one name would seem to be born on one day.
        found += [one for one in of_people if personnel or one.check != "names_alike"]
    found.sort(key=lambda one: one.severity is not Severity.REFUSE)
    named = {str(unit.id): unit.name for unit in units}
    told = [replace(one, fields=_named(one.fields, named)) for one in found]
    return [Told(one.check, str(one.severity), finding_sentence(one, language), _unread(one)) for one in told]


def _named(fields: Mapping[str, object], names: Mapping[str, str]) -> dict[str, object]:
    """Fields of a finding with the names of units in the place of their keys."""
    return {name: names.get(value, value) if isinstance(value, str) else value for name, value in fields.items()}


def _unread(finding: CongressFinding) -> bool:
    return finding.unconfirmed and (bool(finding.clause) or finding.check == "designated_within_share")


def _of_convening(
    congress: Congress, delegates: Sequence[terms.Delegate], units: Sequence[terms.Unit]
) -> Iterator[CongressFinding]:
    organisation = congress.organisation
    form = CongressForm.DELEGATES if congress.form == Form.DELEGATES else CongressForm.MEMBERS
    settings = measures.in_force(congress).settings
    members = members_of(organisation)
    if members:
        yield from convening.check_form(form, members, consent=congress.consent, settings=settings)
    if congress.form != Form.DELEGATES or not delegates:
        return
    official = roll_of(delegates).official
    tier = _TIERS.get(Tier(organisation.tier))
    if tier is not None:
        limit = convening.limit_for(congress.term.label, tier, organisation.place_name)
        yield from convening.check_number(len(official), limit)
    yield from convening.check_units(_sending(congress, units), [one.unit for one in official])
    designated = sum(one.category is terms.Category.DESIGNATED for one in official)
    yield from convening.check_designated(designated, len(official), settings=settings)


def members_of(organisation: Organisation) -> int:
    """Its members: its own figure, else the sum of the grassroots below it."""
    if organisation.members:
        # Its own figure goes before a sum: people who moved stand in neither or in both.
        return organisation.members
    below = Organisation.objects.filter(beneath(organisation.path), tier=Tier.GRASSROOTS)
    summed: int | None = below.aggregate(n=Sum(F("official_members") + F("probationary_members")))["n"]
    return summed or 0


def _sending(congress: Congress, units: Sequence[terms.Unit]) -> list[terms.Unit]:
    """The subordinate organisations that must send: those allocated, else what stands right below in the tree."""
    allocated = set(congress.allocations.values_list("unit__key", flat=True))
    if allocated:
        return [unit for unit in units if unit.id in allocated]
    children = Organisation.objects.get_children(congress.organisation).filter(merged_into=None, valid_to=None)
    return [terms.Unit(terms.UnitId(one.key), one.name, one.members) for one in children.order_by("path")]


def for_viewer(viewer: Viewer) -> list[tuple[Congress, Gap]]:
    """The first thing that waits for this person in each congress on the way, for the front page."""
    if not viewer.may(Right.SEE_CONGRESS):
        return []
    near = queries.visible(viewer).filter(state__in=ON_THE_WAY).order_by("opens", "pk")[:FRONT]
    found = []
    for congress in queries.with_numbers(near):
        # The right at this congress: one held elsewhere would lead to a page that is not there for them.
        rights = queries.rights_at(viewer, congress)
        mine = [gap for gap in gaps(congress) if gap.right in rights]
        if mine:
            found.append((congress, mine[0]))
    return found


FRONT = 8
"""How many congresses the front page looks at: the next to open."""
