"""Addresses that no browser makes."""

from __future__ import annotations

import pytest
from django.conf import settings

from daihoi.web.accounts.models import User
from tests.web.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["/organisations/?q=%00", "/people/?page=%00", "/organisations/%00/", "/join/a%00/"]
)
def test_a_zero_byte_in_an_address_is_refused(address: str, administrator: User) -> None:
    assert signed_in(administrator).get(address).status_code == 400


def test_the_page_that_says_so_speaks_the_language_of_who_looks() -> None:
    order = [name.rpartition(".")[2] for name in settings.MIDDLEWARE]
    assert order.index("AddressMiddleware") == order.index("ViewerMiddleware") + 1
