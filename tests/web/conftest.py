"""Three people of the house, and a small tree: a province, two districts, three communes."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.http.response import HttpResponseBase
from django.test import Client

from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import Role
from daihoi.web.accounts.models import User
from daihoi.web.accounts.permissions import Viewer
from daihoi.web.organisations import services as organisations
from daihoi.web.organisations.choices import Kind, Tier
from daihoi.web.organisations.models import Organisation
from tests.web.prepared import prepared

PASSWORD = "một mật khẩu dài"


def person(username: str, full_name: str, language: str = "en") -> User:
    """Somebody without any role yet."""
    return accounts.create_user(username=username, full_name=full_name, password=PASSWORD, language=language)


def signed_in(user: User) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def let_go(answer: HttpResponseBase) -> None:
    """Close what an answer reads from. Closing all of it would end the connection that holds a test's transaction."""
    for close in answer._resource_closers:
        close()


@dataclass
class Tree:
    """The organisations of a small province."""

    province: Organisation
    na_luong: Organisation
    dong_hoa: Organisation
    commune: Organisation
    sister: Organisation
    far: Organisation


@pytest.fixture
def tree(db: None) -> Tree:
    """Thanh Giang with Nà Lương (two communes) and Đông Hòa (one)."""
    return prepared("tree", _tree)


def _tree() -> Tree:
    def found(parent: Organisation | None, code: str, name: str, tier: Tier, kind: Kind, members: int) -> Organisation:
        return organisations.found(
            parent=parent, by="test", name=name, code=code, tier=tier, kind=kind, official_members=members
        )

    province = found(None, "TG", "Đảng bộ tỉnh Thanh Giang", Tier.PROVINCE, Kind.PROVINCE, 0)
    na_luong = found(province, "TG-NL", "Đảng bộ huyện Nà Lương", Tier.ABOVE_GRASSROOTS, Kind.DISTRICT, 0)
    dong_hoa = found(province, "TG-DH", "Đảng bộ huyện Đông Hòa", Tier.ABOVE_GRASSROOTS, Kind.DISTRICT, 0)
    commune = found(na_luong, "TG-NL-01", "Đảng bộ xã Bản Lầu", Tier.GRASSROOTS, Kind.COMMUNE, 210)
    sister = found(na_luong, "TG-NL-02", "Đảng bộ xã Khau Vai", Tier.GRASSROOTS, Kind.COMMUNE, 90)
    far = found(dong_hoa, "TG-DH-01", "Đảng bộ xã Phú Đông", Tier.GRASSROOTS, Kind.COMMUNE, 150)
    return Tree(province, na_luong, dong_hoa, commune, sister, far)


@pytest.fixture
def administrator(db: None) -> User:
    """Hà runs the machine."""
    user = person("ha", "Trần Thị Hà")
    accounts.grant(user=user, role=Role.ADMINISTRATOR, by="test")
    return user


@pytest.fixture
def commission(tree: Tree) -> User:
    """Lan is of the organisation commission of Nà Lương."""
    user = person("lan", "Nông Thị Lan")
    accounts.grant(user=user, role=Role.ORGANISATION_COMMISSION, by="test", organisation=tree.na_luong.key)
    return user


@pytest.fixture
def viewer() -> Callable[[User], Viewer]:
    """A person as a request would carry them."""
    return Viewer


def a_free_port() -> int:
    """A port on which nobody answers."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture
def free_port() -> int:
    """Of a server that the test starts."""
    return a_free_port()
