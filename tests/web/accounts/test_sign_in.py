"""Coming in: who is nobody stays nobody, names are locked out at an address, and nobody is led elsewhere."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from daihoi.web.accounts import services
from daihoi.web.accounts.choices import Outcome, Role
from daihoi.web.accounts.models import Grant, Invitation, OpenSession, SignIn, User, digest_of
from daihoi.web.audit.queries import entries, verify
from tests.web.conftest import PASSWORD, Tree, person, signed_in
from tests.web.site.test_gates import ALL, addresses

pytestmark = pytest.mark.django_db

FORM = {"username": "minh", "full_name": "Lê Minh", "password": PASSWORD, "again": PASSWORD}


def sign_in(client: Client, password: str = PASSWORD, username: str = "minh", **more: str) -> str:
    """Where a try to sign in leads; empty where it stays on the page."""
    held = {"username": username, "password": password, **more}
    return str(client.post(reverse("sign_in"), held).headers.get("Location", ""))


def code_of(device: TOTPDevice, step: int = 0) -> str:
    """What the telephone shows now, or in so many half minutes."""
    shown = TOTP(device.bin_key, device.step, device.t0, device.digits)
    shown.time = time.time() + step * device.step
    return f"{shown.token():06d}"


@pytest.fixture
def minh(db: None) -> User:
    return person("minh", "Lê Minh")


@pytest.fixture
def device(minh: User) -> TOTPDevice:
    services.begin_second_factor(user=minh)
    return services.confirm_second_factor(user=minh, code=code_of(TOTPDevice.objects.get()))


def test_a_link_makes_one_account_and_is_gone() -> None:
    token = services.invite(role=Role.CLERK, by="test")
    client = Client()
    assert client.post(reverse("join", args=[token]), FORM).headers["Location"] == reverse("sign_in")
    again = client.post(reverse("join", args=[token]), FORM | {"username": "khac"})
    assert (again.status_code, User.objects.count(), Grant.objects.count()) == (410, 1, 1)
    with pytest.raises(ValidationError):
        services.join(token=token, username="khac", full_name="Khác", password=PASSWORD)


def test_a_link_that_is_out_of_date_opens_nothing() -> None:
    token = services.invite(role=Role.CLERK, by="test", lasts=timedelta(seconds=-1))
    assert Client().post(reverse("join", args=[token]), FORM).status_code == 410
    with pytest.raises(ValidationError):
        services.join(token=token, username="minh", full_name="Lê Minh", password=PASSWORD)
    assert User.objects.count() == 0


def test_the_database_does_not_know_the_link() -> None:
    token = services.invite(role=Role.CLERK, by="test")
    kept = Invitation.objects.get().token_sha256
    assert kept == digest_of(token) != token
    assert Client().get(reverse("join", args=[kept])).status_code == 410


@pytest.mark.parametrize(
    "password", ["ngắn", "12345678901234", "password12", "qwertyuiop", "minhminhminh", "Lê Minh 12"]
)
def test_a_weak_password_makes_no_account(password: str) -> None:
    token = services.invite(role=Role.CLERK, by="test")
    held = FORM | {"username": "minhminh", "password": password, "again": password}
    assert Client().post(reverse("join", args=[token]), held).status_code == 200
    assert User.objects.count() == 0
    assert Invitation.objects.get().used_by is None


@pytest.mark.parametrize("username", ["minh", "MINH", "Minh"])
def test_no_two_names_differ_by_capitals_alone(username: str, minh: User) -> None:
    with pytest.raises(ValidationError) as refused:
        person(username, "Khác")
    assert list(refused.value.message_dict) == ["username"]


def test_a_name_is_locked_out_at_an_address_however_it_is_written(minh: User) -> None:
    client = Client(REMOTE_ADDR="10.0.0.7")
    for name in ("minh", "Minh", "MINH", "mInh", "miNH"):
        assert sign_in(client, "sai", name) == ""
    assert sign_in(client) == ""
    assert SignIn.objects.first().outcome == Outcome.LOCKED  # type: ignore[union-attr]
    assert sign_in(Client(REMOTE_ADDR="10.0.0.8")) == "/"
    person("lan", "Nông Thị Lan")
    assert sign_in(Client(REMOTE_ADDR="10.0.0.7"), username="lan") == "/"


def test_a_right_password_ends_the_row_of_wrong_ones(minh: User) -> None:
    client = Client()
    for _round in range(2):
        for _try in range(4):
            assert sign_in(client, "sai") == ""
        assert sign_in(client) == "/"


def test_an_account_that_was_closed_lets_nobody_in_and_puts_out_who_is_in(minh: User) -> None:
    inside = signed_in(minh)
    assert inside.get(reverse("mine")).status_code == 200
    services.set_open(user=minh, is_open=False, by="test")
    assert inside.get(reverse("mine")).status_code == 302
    assert sign_in(Client()) == ""


def test_who_gave_only_the_password_is_nobody_everywhere(minh: User, device: TOTPDevice, tree: Tree) -> None:
    services.grant(user=minh, role=Role.ADMINISTRATOR, by="test")
    client = Client()
    assert sign_in(client).startswith(reverse("code"))
    let_in = []
    for name, address in addresses(tree.na_luong).items():
        if ALL[name].callback.gate == "open":  # type: ignore[union-attr]
            continue
        for answer in (client.get(address), client.post(address)):
            if answer.status_code != 405 and not answer.headers.get("Location", "").startswith("/sign-in/"):
                let_in.append((name, answer.status_code))
    assert let_in == []
    assert OpenSession.objects.count() == 0


def test_the_code_opens_and_a_used_or_wrong_one_does_not(minh: User, device: TOTPDevice) -> None:
    client = Client()
    sign_in(client)
    used = code_of(device)
    assert client.post(reverse("code"), {"code": used}).status_code == 200
    TOTPDevice.objects.update(throttling_failure_count=0)
    assert client.post(reverse("code"), {"code": code_of(device, 1)}).status_code == 302
    assert client.get(reverse("mine")).status_code == 200
    assert SignIn.objects.filter(outcome=Outcome.CODE).count() == 1


def test_codes_cannot_be_tried_one_after_the_other(minh: User, device: TOTPDevice) -> None:
    client = Client()
    sign_in(client)
    for _try in range(3):
        client.post(reverse("code"), {"code": "000000"})
    assert client.post(reverse("code"), {"code": code_of(device, 1)}).status_code == 200
    assert client.get(reverse("mine")).status_code == 302


def test_the_code_is_asked_for_without_having_given_a_password() -> None:
    assert Client().get(reverse("code")).headers["Location"] == reverse("sign_in")


def test_switching_the_second_factor_on_puts_out_who_is_in_without_it(minh: User) -> None:
    elsewhere = signed_in(minh)
    assert elsewhere.get(reverse("mine")).status_code == 200
    services.begin_second_factor(user=minh)
    assert elsewhere.get(reverse("mine")).status_code == 200
    services.confirm_second_factor(user=minh, code=code_of(TOTPDevice.objects.get()))
    assert elsewhere.get(reverse("mine")).status_code == 302
    services.drop_second_factor(user=minh, by="test")
    assert elsewhere.get(reverse("mine")).status_code == 200


def test_a_changed_password_ends_every_other_session(minh: User) -> None:
    here, there = Client(), Client()
    assert (sign_in(here), sign_in(there)) == ("/", "/")
    fresh = "một mật khẩu khác hẳn"
    here.post(reverse("password"), {"present": PASSWORD, "password": fresh})
    assert (here.get(reverse("mine")).status_code, there.get(reverse("mine")).status_code) == (200, 302)
    assert OpenSession.objects.count() == 1
    assert sign_in(Client()) == ""
    assert sign_in(Client(), fresh) == "/"


def test_only_ones_own_session_can_be_ended(minh: User) -> None:
    mine, other = Client(), Client()
    person("lan", "Nông Thị Lan")
    sign_in(mine)
    sign_in(other, username="lan")
    theirs = OpenSession.objects.get(user__username="lan")
    assert mine.post(reverse("end_session", args=[theirs.pk])).status_code == 404
    assert other.get(reverse("mine")).status_code == 200
    own = OpenSession.objects.get(user=minh)
    mine.post(reverse("end_session", args=[own.pk]))
    assert mine.get(reverse("mine")).status_code == 302
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    "where", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "http:///evil.example",
              "https:evil.example", "\thttps://evil.example", "///evil.example"]
)  # fmt: skip
def test_nobody_is_led_away_after_signing_in(where: str, minh: User, device: TOTPDevice) -> None:
    client = Client()
    led = sign_in(client, next=where)
    assert parse_qs(urlsplit(led).query)["next"] == ["/"]
    answer = client.post(f"{reverse('code')}", {"code": code_of(device, 1), "next": where})
    assert answer.headers["Location"] == "/"
    assert client.post(reverse("language"), {"language": "en", "next": where}).headers["Location"] == "/"


def test_what_was_asked_for_is_reached_with_all_its_questions(minh: User, device: TOTPDevice) -> None:
    wanted = "/organisations/?q=a&tier=TINH"
    led = sign_in(Client(), next=wanted)
    assert parse_qs(urlsplit(led).query)["next"] == [wanted]


def test_a_form_without_its_token_is_refused(minh: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(minh, backend="django.contrib.auth.backends.ModelBackend")
    for name in ("sign_out", "password", "language", "drop_second_factor"):
        assert client.post(reverse(name)).status_code == 403, name
    assert client.post(reverse("sign_in"), {"username": "minh", "password": PASSWORD}).status_code == 403


def test_a_form_from_another_site_is_refused_even_with_a_token(minh: User) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get(reverse("sign_in"), secure=True).content.decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found is not None
    held = {"username": "minh", "password": PASSWORD, "csrfmiddlewaretoken": found[1]}
    for origin, status in (("https://evil.example", 403), ("http://testserver", 403), ("https://testserver", 302)):
        answer = client.post(reverse("sign_in"), held, secure=True, headers={"origin": origin})
        assert answer.status_code == status, origin


def test_the_last_administrator_stays(administrator: User) -> None:
    given = Grant.objects.get()
    with pytest.raises(ValidationError):
        services.end_grant(given=given, by="test")
    with pytest.raises(ValidationError):
        services.set_open(user=administrator, is_open=False, by="test")
    second = person("nam", "Nam")
    kept = services.grant(user=second, role=Role.ADMINISTRATOR, by="test")
    services.grant(user=person("o-mot-noi", "Một Nơi"), role=Role.ADMINISTRATOR, by="test", organisation="1234")
    services.set_open(user=second, is_open=False, by="test")
    with pytest.raises(ValidationError):
        services.end_grant(given=given, by="test")
    services.set_open(user=second, is_open=True, by="test")
    services.end_grant(given=given, by="test")
    services.end_grant(given=given, by="test")
    assert entries(kind="role.ended").count() == 1
    with pytest.raises(ValidationError):
        services.end_grant(given=kept, by="test")
    assert Grant.objects.filter(role=Role.ADMINISTRATOR, organisation="", ended_at=None).get() == kept


def test_who_administers_a_part_gives_nothing_beyond_it(tree: Tree, administrator: User) -> None:
    user = person("minh", "Lê Minh")
    services.grant(user=user, role=Role.ADMINISTRATOR, by="test", organisation=tree.na_luong.key)
    client, form = signed_in(user), {"full_name": "Bạn", "role": Role.ADMINISTRATOR}
    for beyond in (tree.province, tree.dong_hoa, tree.far):
        address = reverse("organisation_access", args=[beyond.key])
        assert (client.get(address).status_code, client.post(address, form).status_code) == (404, 404)
    assert client.post(reverse("organisation_access", args=[tree.commune.key]), form).status_code == 200
    assert [one.organisation for one in Invitation.objects.all()] == [tree.commune.key]
    theirs = Grant.objects.get(user=administrator)
    assert client.post(reverse("end_grant", args=[theirs.pk])).status_code == 403
    assert client.get(reverse("account", args=[administrator.pk])).status_code == 403
    assert client.get(reverse("people_accounts")).status_code == 403
    assert client.get(reverse("sign_ins")).status_code == 403


def test_all_of_it_stands_in_a_whole_ledger(minh: User, device: TOTPDevice) -> None:
    client = Client()
    sign_in(client, "sai")
    sign_in(client)
    client.post(reverse("code"), {"code": code_of(device, 1)})
    client.post(reverse("sign_out"))
    assert [row.kind for row in entries()] == [
        "account.signed_out", "account.signed_in", "account.refused", "account.second_factor",
    ]  # fmt: skip
    assert verify().findings == ()


def test_sessions_run_out(minh: User) -> None:
    client = Client()
    sign_in(client)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get(reverse("mine")).status_code == 302


def test_looking_at_the_second_factor_makes_none_and_keeps_what_was_scanned(minh: User) -> None:
    client, address = signed_in(minh), reverse("second_factor")
    assert b"img" not in client.get(address).content.split(b"<main", 1)[1]
    assert TOTPDevice.objects.count() == 0
    client.post(address, {"act": "begin"})
    begun = TOTPDevice.objects.get()
    pages = [client.get(address).content, client.post(address, {"code": "12345"}).content]
    assert all(b'<img class="qr"' in page for page in pages)
    assert (TOTPDevice.objects.get().key, begun.confirmed) == (begun.key, False)
    assert client.post(address, {"code": code_of(begun)}).headers["Location"] == reverse("mine")
    assert TOTPDevice.objects.get().confirmed


def test_another_picture_puts_out_the_first(minh: User) -> None:
    client, address = signed_in(minh), reverse("second_factor")
    client.post(address, {"act": "begin"})
    first = TOTPDevice.objects.get()
    client.post(address, {"act": "begin"})
    assert client.post(address, {"code": code_of(first)}).status_code == 200
    assert not TOTPDevice.objects.get().confirmed


def test_a_changed_password_keeps_this_session_with_its_second_factor_and_ends_the_others(
    minh: User, device: TOTPDevice
) -> None:
    here, there = Client(), Client()
    for step, client in ((1, here), (2, there)):
        sign_in(client)
        device.refresh_from_db()
        device.throttling_failure_count, device.last_t = 0, -1
        device.save()
        client.post(reverse("code"), {"code": code_of(device, 0)})
        assert client.get(reverse("mine")).status_code == 200, step
    here.post(reverse("password"), {"present": PASSWORD, "password": "một mật khẩu khác"})
    assert here.get(reverse("mine")).status_code == 200
    assert there.get(reverse("mine")).status_code == 302
    assert list(OpenSession.objects.values_list("session_key", flat=True)) == [here.session.session_key]


def left(client: Client, *asked: str, **headers: str) -> tuple[int, bool]:
    """Whole hours that the session has left after a request that came two hours after signing in; whether it wrote."""
    User.objects.update(last_login=timezone.now() - timedelta(hours=2))
    Session.objects.update(expire_date=timezone.now() + timedelta(hours=10, minutes=1))
    answer = client.get(reverse("mine"), dict.fromkeys(asked, "1"), headers=headers)
    over = Session.objects.get().expire_date - timezone.now() + timedelta(minutes=1)
    return int(over.total_seconds() // 3600), settings.SESSION_COOKIE_NAME in answer.cookies


def test_a_session_lasts_as_long_as_pages_are_opened(minh: User) -> None:
    client = signed_in(minh)
    assert left(client) == (12, True)
    # Once in a twelfth of its time, not on each request.
    assert left(client) == (10, False)


def test_a_page_that_asks_for_itself_keeps_no_session_alive(minh: User) -> None:
    client = signed_in(minh)
    assert left(client, "part") == (10, False)
    assert left(client, **{"HX-Request": "true"}) == (10, False)


def test_a_session_that_a_request_ended_stays_ended(minh: User) -> None:
    client = signed_in(minh)
    User.objects.update(last_login=timezone.now() - timedelta(hours=2))
    services.note_sign_in(user=minh, session_key=str(client.session.session_key), address="", browser="")
    assert client.post(reverse("end_session", args=[OpenSession.objects.get().pk])).status_code == 302
    assert not Session.objects.exists()
