"""What is missing and what comes next, for the person who looks: the first thing on the front page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_otp import user_has_device

from daihoi.web.accounts import queries as accounts
from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import Viewer
from daihoi.web.congresses import readiness
from daihoi.web.elections import waiting as elections
from daihoi.web.members import queries as members
from daihoi.web.organisations import queries as organisations
from daihoi.web.organisations.models import Organisation
from daihoi.web.reporting import queries as reporting


@dataclass(frozen=True)
class Step:
    """One thing to do: why, and where."""

    words: str
    reason: str
    address: str


def steps_for(viewer: Viewer) -> list[Step]:
    """Steps that wait for this person, the most pressing first."""
    return [
        *_of_the_tree(viewer), *_of_people(viewer), *_of_congresses(viewer), *_of_elections(viewer),
        *_of_results(viewer), *_of_accounts(viewer),
    ]  # fmt: skip


def _of_the_tree(viewer: Viewer) -> Iterator[Step]:
    if not viewer.may(Right.EDIT_ORGANISATIONS):
        return
    # Of the whole house: who sees no organisation of theirs need not import the tree.
    if not Organisation.objects.exists():
        yield Step(
            _("Import the tree"),
            _("Everything else hangs on the tree: who sees what, who holds a congress, who sends delegates."),
            reverse("organisations_import"),
        )
    # Who changes a part of the tree cannot set the term.
    elif viewer.everywhere(Right.EDIT_ORGANISATIONS) and organisations.current_term() is None:
        yield Step(
            _("Say which term this is"),
            _("The term says how many tiers there are and what they are called."),
            reverse("term"),
        )


def _of_people(viewer: Viewer) -> Iterator[Step]:
    if not viewer.may(Right.EDIT_PEOPLE) or members.visible(viewer, Right.EDIT_PEOPLE).order_by().exists():
        return
    if organisations.visible(viewer, Right.EDIT_PEOPLE).exists():
        yield Step(
            _("Import people"),
            _("Delegates, committees and lists are made of the people of the organisations."),
            reverse("people_import"),
        )


def _of_congresses(viewer: Viewer) -> Iterator[Step]:
    """The first thing that waits in each congress that opens next."""
    for congress, gap in readiness.for_viewer(viewer):
        yield Step(f"{gap.words} – {congress.organisation.called}", gap.reason, gap.address)


def _of_elections(viewer: Viewer) -> Iterator[Step]:
    """The step that is open in the first contests of each congress that opens next."""
    for contest, step in elections.waiting_for(viewer):
        yield Step(f"{step.stage.words}: {contest.title}", step.missing[0], step.address)


def _of_results(viewer: Viewer) -> Iterator[Step]:
    waits = reporting.of_use(reporting.waiting(viewer)).count() if viewer.may(Right.RECEIVE_RESULTS) else 0
    if waits:
        words = ngettext("Compare %(n)d package with its paper", "Compare %(n)d packages with their paper", waits)
        yield Step(
            words % {"n": waits},
            _("A result is taken in once the digest on the signed minutes was typed."),
            reverse("results_packages"),
        )


def _of_accounts(viewer: Viewer) -> Iterator[Step]:
    if viewer.may(Right.MANAGE_ACCOUNTS) and accounts.people().count() == 1:
        yield Step(
            _("Invite the others"),
            _("You are the only one with an account. Open an organisation and invite from there."),
            reverse("organisations"),
        )
    if viewer.may(Right.MANAGE_ACCOUNTS) and not user_has_device(viewer.user):
        yield Step(
            _("Switch on your second factor"),
            _("Who holds this password could give themselves any role."),
            reverse("second_factor"),
        )
