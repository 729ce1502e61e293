"""The roll: what is undecided, freezing it, the worksheet to be signed; and the figures of the credentials report."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daihoi.rules.credentials.figures import Figures, Topic
from daihoi.rules.terms import DeductionGround
from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.congresses import freezing, measures, queries, services
from daihoi.web.congresses.attendance import figures_of
from daihoi.web.congresses.choices import BodyKind, Form
from daihoi.web.congresses.place import Place, place_of
from daihoi.web.congresses.views import members_roll
from daihoi.words.credentials import chart, detail_chart, topic_label

GROUNDS = {
    DeductionGround.CONVENING_MEMBER_ABSENT_THROUGHOUT: gettext_lazy(
        "Members of the convening committee absent for the whole congress"
    ),
    DeductionGround.DELEGATE_ABSENT_THROUGHOUT_UNREPLACED: gettext_lazy(
        "Official delegates absent for the whole congress, whom no alternate replaces"
    ),
}
DETAILED = (Topic.ETHNICITY, Topic.RELIGION, Topic.AWARD, Topic.DISCIPLINE)


class FreezeForm(forms.Form):
    """Whoever freezes a roll with open questions says so."""

    known = forms.BooleanField(
        label=gettext_lazy("The open questions above are known; those people stay in the base."), required=True
    )


@require_http_methods(["GET", "POST"])
@gate(Right.SEE_ATTENDANCE)
def rolls(request: HttpRequest, congress: str) -> HttpResponse:
    """The base as it stands, what nobody decided yet, and the rolls that were frozen."""
    place = place_of(request, congress, Right.SEE_ATTENDANCE)
    if place.congress.form != Form.DELEGATES:
        return members_roll.answered(request, place)
    base = freezing.base_of(place.congress)
    # Asked for only while something is open: a tick that is always there is ticked unread.
    form = FreezeForm(request.POST or None) if base.undecided else None
    if request.method == "POST" and not place.may(Right.FREEZE_ROLL):
        messages.error(request, _("Your role does not freeze the roll."))
    elif request.method == "POST" and base.worksheet is not None and (form is None or form.is_valid()):
        return _frozen(request, place)
    grounds = [(words, base.by_ground.get(ground, 0)) for ground, words in GROUNDS.items()]
    held = place.held("rolls", base=base, grounds=grounds, form=form, frozen=queries.rolls(place.congress))
    names = place.may(Right.SEE_PEOPLE)
    return render(request, "congresses/rolls.html", {**held, "names": names})


def _frozen(request: HttpRequest, place: Place) -> HttpResponse:
    """Freeze the roll as it is in this moment, and go back to its page."""
    roll = services.freeze_roll(
        congress=place.congress,
        # Read anew under the lock: stations go on scanning while the page stands open.
        document=lambda: freezing.document_of(place.congress, freezing.base_of(place.congress)),
        by=place.by,
    )
    messages.success(request, _("The roll is frozen as number %(n)d.") % {"n": roll.number})
    return redirect("rolls", place.congress.key)


@require_http_methods(["GET"])
@gate(Right.SEE_ATTENDANCE)
def roll(request: HttpRequest, congress: str, number: int) -> HttpResponse:
    """One frozen roll as it was kept: the worksheet that the board signs."""
    place = place_of(request, congress, Right.SEE_ATTENDANCE)
    found = get_object_or_404(queries.rolls(place.congress), number=number)
    document = json.loads(found.document)
    deducted = [one for one in document["delegates"] if one["deducted"]]
    of_members = document.get("form") == Form.MEMBERS
    board = queries.bodies(place.congress).filter(body=BodyKind.CREDENTIALS, post="head").first()
    held = place.held(
        "rolls",
        roll=found,
        document=document,
        deducted=deducted,
        head=board.person.full_name if board and place.may(Right.SEE_PEOPLE) else "",
        names=place.may(Right.SEE_PEOPLE),
        # Why a member is off the base is personnel data; an absent delegate's reason is told to the congress.
        reasons=place.may(Right.SEE_PERSONNEL if of_members else Right.SEE_PEOPLE),
    )
    return render(request, "congresses/roll_of_members_kept.html" if of_members else "congresses/roll.html", held)


def _written(lines: Iterable[tuple[str, int, str]], language: str) -> list[tuple[str, int, str]]:
    """Lines with their shares as the language writes decimals: a comma in Vietnamese, as on the paper."""
    return [(label, count, share.replace(".", ",") if language == "vi" else share) for label, count, share in lines]


def charts_of(figures: Figures, language: str) -> list[dict[str, object]]:
    """Every group of the report as a chart and as the table beside it."""
    told: list[dict[str, object]] = []
    for topic in Topic:
        lines = chart(figures, topic, language)
        if not any(count for _label, count, _share in lines):
            continue
        details = detail_chart(figures.group(topic).details) if topic in DETAILED else ()
        told.append(
            {
                "id": f"chart-{topic.value}",
                "title": topic_label(topic, language),
                "labels": [label for label, _count, _share in lines],
                "counts": [count for _label, count, _share in lines],
                "lines": _written(lines, language),
                "details": _written(details, language),
            }
        )
    return told


@require_http_methods(["GET"])
@gate(Right.SEE_PERSONNEL)
def credentials(request: HttpRequest, congress: str) -> HttpResponse:
    """The figures of the credentials report, as charts and as tables."""
    place = place_of(request, congress, Right.SEE_PERSONNEL)
    figures = figures_of(place.congress, place.congress.opens or timezone.localdate())
    language = "vi" if (get_language() or "vi").startswith("vi") else "en"
    told = charts_of(figures, language)
    # Only what the chart needs goes into the page: the tables stand beside it.
    drawn = [{key: one[key] for key in ("id", "title", "labels", "counts")} for one in told]
    ages = figures.ages
    held = place.held(
        "credentials",
        figures=figures,
        charts=told,
        drawn=drawn,
        oldest=[(one.person.name, figures.age(one.person)) for one in ages.oldest],
        youngest=[(one.person.name, figures.age(one.person)) for one in ages.youngest],
        measures=measures.in_force(place.congress).report,
        average=round(float(ages.average), 1) if ages.average is not None else None,
    )
    return render(request, "congresses/credentials.html", held)
