"""The house of the demo: the province of process.md section 7, and everybody can sign in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from daihoi.web.accounts.choices import Role
from daihoi.web.accounts.models import Grant
from daihoi.web.audit.queries import verify
from daihoi.web.congresses.choices import Category
from daihoi.web.congresses.models import Delegate
from daihoi.web.members.models import Person
from daihoi.web.organisations.choices import Tier
from daihoi.web.organisations.models import Organisation
from daihoi.web.site.demo.accounts import PASSWORD, PLACES, told
from daihoi.web.site.demo.filling import fill
from daihoi.web.site.demo.tree import PARENTS


@pytest.mark.django_db
def test_the_demo_fills_the_house_with_the_province() -> None:
    fill()
    tiers = {tier: Organisation.objects.filter(tier=tier).count() for tier in Tier}
    assert tiers[Tier.ABOVE_GRASSROOTS] == 11
    assert tiers[Tier.GRASSROOTS] == 321 == sum(parent.grassroots for parent in PARENTS)
    assert 590 <= Person.objects.count() <= 610
    assert Person.objects.filter(full_name="Nguyễn Văn Hùng").count() >= 2
    official = Delegate.objects.exclude(category=Category.ALTERNATE)
    assert (official.count(), Delegate.objects.filter(category=Category.ALTERNATE).count()) == (190, 12)
    assert verify().findings == ()
    client = Client()
    for place in PLACES:
        answer = client.post(reverse("sign_in"), {"username": place.username, "password": PASSWORD})
        assert answer.headers["Location"] == reverse("front"), place.username
        assert client.get(reverse("front")).status_code == 200
        client.post(reverse("sign_out"))
    assert len(list(told())) == len(PLACES) + 1
    assert {Role(role) for role in Grant.objects.values_list("role", flat=True)} == {place.role for place in PLACES}
