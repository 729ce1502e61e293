"""The commission of Nà Lương, a commission elsewhere, and what both do with packages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation

from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import Role
from daihoi.web.accounts.models import User
from daihoi.web.accounts.permissions import Viewer
from daihoi.web.organisations.models import Organisation, Term
from daihoi.web.reporting import queries
from daihoi.web.reporting.judging import judge, seen_of
from daihoi.web.reporting.models import Parcel, Received
from daihoi.web.reporting.services import arriving, taking
from tests.web.conftest import Tree, person, signed_in
from tests.web.reporting.packages import Made


@pytest.fixture(autouse=True)
def english_pages() -> Iterator[None]:
    """Refusals of services are looked for by their English words."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def data_folder(settings: LazySettings, tmp_path: Path) -> Path:
    """Packages of a test lie apart from those of every other."""
    settings.DATA = tmp_path / "house"
    return tmp_path / "house"


@pytest.fixture
def term(db: None) -> Term:
    """The term whose round is on."""
    return Term.objects.create(label="2025-2030", profile="3_cap", is_current=True)


@pytest.fixture
def centre(tree: Tree, term: Term) -> User:
    """Of the organisation commission of the province."""
    user = person("vien", "Lê Thị Viễn")
    accounts.grant(user=user, role=Role.ORGANISATION_COMMISSION, by="test", organisation=tree.province.key)
    return user


@pytest.fixture
def browser(centre: User) -> Client:
    """In which the commission of the province is signed in."""
    return signed_in(centre)


@pytest.fixture
def far(tree: Tree, term: Term) -> Client:
    """Of the commission of another district."""
    user = person("xa", "Đỗ Xa")
    accounts.grant(user=user, role=Role.ORGANISATION_COMMISSION, by="test", organisation=tree.dong_hoa.key)
    return signed_in(user)


def send(client: Client, data: bytes, name: str = "package.zip") -> HttpResponse:
    """One file as the page sends it."""
    return client.post(  # type: ignore[return-value]
        reverse("results_send"), data, content_type="application/octet-stream", headers={"X-File-Name": name}
    )


def sent(client: Client, made: Made) -> Parcel:
    """A package that came in."""
    assert send(client, made.package.read_bytes()).status_code == 200
    return Parcel.objects.latest("pk")


def page(client: Client) -> str:
    """The packages that wait."""
    return client.get(reverse("results_packages")).content.decode()


def typed(client: Client, parcel: Parcel, digest: str, **more: str) -> str:
    """What was typed of a package, kept and looked at again."""
    told = {"typed": digest} | more
    fields = {f"{parcel.key}-{name}": value for name, value in told.items()}
    client.post(reverse("results_packages"), fields | {"look": "1"})
    return page(client)


def take(client: Client, **more: str) -> HttpResponse:
    """Confirm what the page shows."""
    seen = re.search(r'name="seen" value="(\w+)"', page(client))
    assert seen is not None
    answer = client.post(reverse("results_packages"), {"take": "1", "seen": seen[1], **more}, follow=True)
    return answer  # type: ignore[return-value]


def received(user: User, made: Made, organisation: Organisation | None = None, reason: str = "") -> Received:
    """A package taken in, by the services."""
    viewer = Viewer(user)
    within = queries.within(viewer)
    parcel = arriving.keep(name="package.zip", chunks=[made.package.read_bytes()], by=viewer.name, owner=viewer.owner)
    arriving.check(parcel=parcel, within=within)
    arriving.settle(parcel=parcel, typed=made.digest, reason=reason, organisation=organisation)
    ready = [Parcel.objects.select_related("organisation").get(pk=parcel.pk)]
    (made_here,) = taking.take(parcels=ready, within=within, seen=seen_of(judge(ready, within)), by=viewer.name)
    return made_here
