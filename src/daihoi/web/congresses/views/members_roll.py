"""The roll of a congress of all members: who is there, who is off the base and why, and freezing it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.congresses import members_roll, queries, services
from daihoi.web.congresses.choices import Form, Ground
from daihoi.web.congresses.forms.people import MemberForm
from daihoi.web.congresses.place import Place, place_of
from daihoi.web.lists.fields import refuse
from daihoi.web.members import queries as members


def may_freeze(place: Place) -> bool:
    """Whether the person freezes this roll: a members' congress has no credentials board, the committee answers for it.

    [29-QĐ/TW s. 12.2]
    """
    committee = place.may(Right.EDIT_DELEGATES) and place.may(Right.SEE_PERSONNEL)
    return place.may(Right.FREEZE_ROLL) or committee


def answered(request: HttpRequest, place: Place) -> HttpResponse:
    """The page of the roll, behind the gate of `rolls`: what it shows, and what is done on it."""
    if request.method == "POST":
        try:
            _done(request, place)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        return redirect("rolls", place.congress.key)
    base = members_roll.base_of_members(place.congress)
    # Two members of one name are told apart wherever they are ticked.
    people = [one.person for one in base.members]
    among = queries.summoned_members(place.congress)
    held = place.held(
        "rolls",
        base=base,
        apart=members.apart(people, among, members.Personnel(place.viewer), places=False),
        grounds=[(ground.label, number) for ground, number in base.by_ground.items()],
        frozen=queries.rolls(place.congress),
        names=place.may(Right.SEE_PEOPLE),
        may_note=place.may(Right.EDIT_DELEGATES),
        may_freeze=may_freeze(place),
        may_enter=place.may(Right.EDIT_PEOPLE),
    )
    return render(request, "congresses/roll_of_members.html", held)


def _done(request: HttpRequest, place: Place) -> None:
    """Freeze the roll, or note who is there. Raises ValidationError, also for who may not."""
    act = request.POST.get("act", "")
    if act == "freeze":
        _freeze(request, place)
    elif act in {"present", "rest"}:
        if not place.may(Right.EDIT_DELEGATES):
            raise ValidationError(_("Your role does not say who is present."))
        seen = _ticked(request) if act == "present" else _silent(place)
        n = members_roll.note_presence(congress=place.congress, seen=seen, by=place.by)
        messages.success(request, _("Noted for %(n)d members.") % {"n": n})


def _freeze(request: HttpRequest, place: Place) -> None:
    if not may_freeze(place):
        raise ValidationError(_("Your role does not freeze the roll."))
    if members_roll.base_of_members(place.congress).undecided and not request.POST.get("known"):
        raise ValidationError(_("Questions are open: say that they are known, or answer them first."))
    roll = services.freeze_roll(
        congress=place.congress, document=lambda: members_roll.document_of_members(place.congress), by=place.by
    )
    messages.success(request, _("The roll is frozen as number %(n)d.") % {"n": roll.number})


def _ticked(request: HttpRequest) -> dict[str, bool]:
    """Whom this page changed, of those that it showed: two people with one list do not undo each other's ticks."""
    was, now = set(request.POST.getlist("was")), set(request.POST.getlist("present"))
    return dict.fromkeys(now - was, True) | dict.fromkeys(was - now, False)


def _silent(place: Place) -> dict[str, bool]:
    """All of whom nobody said anything, as absent."""
    base = members_roll.base_of_members(place.congress)
    return {one.person.key: False for one in base.silent}


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_DELEGATES)
def roll_member(request: HttpRequest, congress: str, person: str) -> HttpResponse:
    """One member: there or not, and on which ground off the base; for who sees personnel data."""
    place = place_of(request, congress, Right.EDIT_DELEGATES)
    # Why somebody is off the base is personnel data.
    if not place.may(Right.SEE_PERSONNEL) or place.congress.form != Form.MEMBERS:
        raise Http404
    member = members_roll.member_of(place.congress, person)
    if member is None:
        raise Http404
    present = {None: "", True: "1", False: "0"}[member.present]
    held = {"present": present, "ground": member.ground, "reason": member.reason, "approver": member.approver}
    form = MemberForm(request.POST or None, initial=held)
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data, "ground": Ground(form.cleaned_data["ground"])}
        try:
            members_roll.note_member(congress=place.congress, person=member.person, by=place.by, **told)
        except ValidationError as refused:
            refuse(form, refused)
        else:
            return redirect("rolls", place.congress.key)
    heading = member.person.full_name
    return render(request, "congresses/form.html", place.held("rolls", form=form, heading=heading))
