"""Before a result is announced nobody outside the room sees a figure, whatever address they ask."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from daihoi.rules.terms import CandidateOutcome
from daihoi.web.accounts.choices import RIGHTS, Right, Role
from daihoi.web.counting.models import Count, Progress
from daihoi.web.elections.services import outcomes
from tests.web.conftest import let_go, signed_in
from tests.web.counting.conftest import Box, asked, member

pytestmark = pytest.mark.django_db

FIGURES = ("9137", "8248", "7359", "6461")
"""Figures that stand nowhere else: where one is seen, it was leaked."""


def counted(box: Box) -> Count:
    """A count with figures in every place in which figures are kept, confirmed and not announced."""
    count = box.begin()
    names = [f"c{number:02d}" for number in range(1, 5)]
    tally = [
        {"candidate": one, "votes": int(figure), "percent_of_base": f"{figure}.00", "outcome": "elected"}
        for one, figure in zip(names, FIGURES, strict=True)
    ]
    result = {"valid": 9137, "invalid": 8248, "collected": 11, "invalid_by_ground": {"OVER_VOTE": 7359}, "tally": tally}
    result |= {"reconciliation": [{"check": "scanned_is_collected", "holds": True, "detail": "scanned 9137"}]}
    Progress.objects.filter(count=count).update(result=result, digest="ab" * 32, settled=True, ballots=9137)
    asked(count, 1)
    votes = {one: int(figure) for one, figure in zip(names, FIGURES, strict=True)}
    come = dict.fromkeys(names, CandidateOutcome.ELECTED)
    outcomes.confirm_result(contest=box.contest, votes=votes, outcomes=come, by="test", digest="ab" * 32)
    return count


def addresses(box: Box, count: Count) -> list[str]:
    """Every address that can be made of what there is."""
    person = box.day.people[0]
    nomination = box.contest.nominations.first()
    assert nomination is not None
    known: dict[str, object] = {
        "congress": box.keys[0], "contest": box.keys[1], "count": count.key, "question": count.questions.get().pk,
        "picture": "page", "ballot": "b0001", "page": 0, "file": "minutes.pdf", "batch": 1, "person": person.key,
        "key": box.day.congress.organisation.key, "nomination": nomination.key, "number": 1, "form": 1,
        "delegate": box.day.delegates[0].key, "body": "congress", "subject": "number",
    }  # fmt: skip
    found = []
    for pattern in walked(get_resolver()):
        wanted = list(pattern.pattern.converters)
        if pattern.name and all(name in known for name in wanted):
            found.append(reverse(pattern.name, args=[known[name] for name in wanted]))
    return found


def walked(resolver: URLResolver) -> list[URLPattern]:
    """All addresses of the house."""
    found: list[URLPattern] = []
    for one in resolver.url_patterns:
        found += walked(one) if isinstance(one, URLResolver) else [one]
    return found


def leaks(client: Client, box: Box, count: Count) -> list[str]:
    """Addresses at which one of the figures is seen."""
    told = []
    for address in [*addresses(box, count), *(f"{reverse('search')}?q={figure}" for figure in FIGURES)]:
        answer = client.get(address)
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]
        # What the person typed is said back to them.
        shown = re.sub(r'value="\d+"|[?&]q=\d+|“\d+”', "", text.decode(errors="replace"))
        if any(figure in shown for figure in FIGURES):
            told.append(address)
        let_go(answer)  # type: ignore[arg-type]
    return told


OUTSIDE = [role for role in Role if Right.COUNT not in RIGHTS[role]]


@pytest.mark.parametrize("role", [Role.PRESIDIUM, Role.STANDING, Role.ORGANISATION_COMMISSION, Role.ADMINISTRATOR])
def test_nobody_outside_the_room_sees_a_figure_before_it_is_announced(bare: Box, role: Role) -> None:
    count = counted(bare)
    assert leaks(signed_in(member(bare.day, "ngoai", role)), bare, count) == []


def test_room_itself_sees_the_figures(bare: Box, teller: Client) -> None:
    seen = leaks(teller, bare, counted(bare))
    assert reverse("reconciliation", args=bare.keys) in seen
    assert reverse("contest_result", args=bare.keys) in seen


def test_everybody_who_sees_the_contest_sees_the_result_once_it_is_announced(bare: Box) -> None:
    count = counted(bare)
    outcomes.announce(contest=bare.again(), by="test")
    seen = leaks(signed_in(member(bare.day, "ngoai", Role.PRESIDIUM)), bare, count)
    assert reverse("contest_result", args=bare.keys) in seen
    assert not [address for address in seen if "/counts/" in address]


def test_only_the_counting_board_holds_the_right_of_the_room() -> None:
    assert set(Role) - set(OUTSIDE) == {Role.COUNTING, Role.COUNTING_HEAD}


def test_ledger_of_the_house_holds_no_vote(bare: Box) -> None:
    from daihoi.web.audit.models import LedgerEntry

    counted(bare)
    told = " ".join(LedgerEntry.objects.values_list("facts", flat=True))
    assert not [figure for figure in FIGURES if figure in told]
