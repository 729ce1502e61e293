"""The house's own certificates: for every address, renewed in time; the authority is never changed in silence."""

from __future__ import annotations

import datetime
import ipaddress
import os
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from daihoi.web.site.certificates import AUTHORITY_DAYS, SERVER_DAYS, Certificates, certificates, own_addresses
from daihoi.web.site.errors import AuthorityBrokenError

NOW = datetime.datetime(2026, 5, 19, 7, 30, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
ADDRESSES = ["192.168.1.7", "fe80::1", "hall", "hall.local", "localhost"]


def made(folder: Path, days: int = 0, addresses: list[str] | None = None) -> tuple[Certificates, x509.Certificate]:
    found = certificates(folder, addresses or ADDRESSES, NOW + days * DAY)
    return found, x509.load_pem_x509_certificate(found.certificate.read_bytes())


def test_every_address_stands_in_it(tmp_path: Path) -> None:
    _found, server = made(tmp_path)
    names = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert [str(one) for one in names.get_values_for_type(x509.IPAddress)] == ["192.168.1.7", "fe80::1"]
    assert names.get_values_for_type(x509.DNSName) == ["hall", "hall.local", "localhost"]
    assert server.not_valid_after_utc - server.not_valid_before_utc < 398 * DAY


def test_the_fingerprint_is_of_the_authority_that_signed_it(tmp_path: Path) -> None:
    found, server = made(tmp_path)
    authority = x509.load_pem_x509_certificate(found.authority.read_bytes())
    server.verify_directly_issued_by(authority)
    assert found.fingerprint == authority.fingerprint(hashes.SHA256()).hex(":").upper()
    assert authority.not_valid_after_utc == NOW + AUTHORITY_DAYS * DAY


def test_it_stays_while_it_serves_and_is_renewed_before_it_ends(tmp_path: Path) -> None:
    first, server = made(tmp_path)
    assert made(tmp_path, 100)[1] == server
    later, renewed = made(tmp_path, SERVER_DAYS - 20)
    assert renewed.not_valid_after_utc > server.not_valid_after_utc
    assert later.fingerprint == first.fingerprint


def test_another_address_makes_it_anew_and_one_less_does_not(tmp_path: Path) -> None:
    _first, server = made(tmp_path)
    assert made(tmp_path, addresses=ADDRESSES[1:])[1] == server
    _other, anew = made(tmp_path, addresses=["10.0.0.9", *ADDRESSES])
    names = anew.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert ipaddress.ip_address("10.0.0.9") in names.get_values_for_type(x509.IPAddress)


def test_a_clock_that_was_wrong_does_not_keep_a_certificate_of_the_future(tmp_path: Path) -> None:
    made(tmp_path, 300)
    _found, server = made(tmp_path)
    assert server.not_valid_before_utc <= NOW


@pytest.mark.parametrize("name", ["server.pem", "server-key.pem"])
@pytest.mark.parametrize("spoiled", [b"", b"-----BEGIN CERTIFICATE-----\nMIIB", None])
def test_half_a_certificate_is_made_anew(name: str, spoiled: bytes | None, tmp_path: Path) -> None:
    first, _server = made(tmp_path)
    if spoiled is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(spoiled)
    found, server = made(tmp_path)
    authority = x509.load_pem_x509_certificate(found.authority.read_bytes())
    server.verify_directly_issued_by(authority)
    assert found.fingerprint == first.fingerprint


def test_a_key_that_is_not_its_own_makes_it_anew(tmp_path: Path) -> None:
    made(tmp_path)
    made(tmp_path / "other")
    (tmp_path / "server-key.pem").write_bytes((tmp_path / "other" / "server-key.pem").read_bytes())
    before = (tmp_path / "server.pem").read_bytes()
    made(tmp_path)
    assert (tmp_path / "server.pem").read_bytes() != before


def test_a_certificate_of_an_authority_of_the_same_name_does_not_serve(tmp_path: Path) -> None:
    made(tmp_path)
    for name in ("authority.pem", "authority-key.pem"):
        (tmp_path / name).unlink()
    found, server = made(tmp_path)
    server.verify_directly_issued_by(x509.load_pem_x509_certificate(found.authority.read_bytes()))


@pytest.mark.parametrize("name", ["authority.pem", "authority-key.pem"])
def test_an_authority_that_is_not_whole_is_said_and_never_replaced(name: str, tmp_path: Path) -> None:
    made(tmp_path)
    (tmp_path / name).write_bytes(b"-----BEGIN")
    with pytest.raises(AuthorityBrokenError):
        made(tmp_path)
    assert (tmp_path / name).read_bytes() == b"-----BEGIN"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such bits")
def test_keys_are_for_their_owner_alone(tmp_path: Path) -> None:
    made(tmp_path)
    for name in ("authority-key.pem", "server-key.pem"):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0


def test_the_addresses_of_this_machine_are_usable() -> None:
    found = own_addresses()
    assert {"localhost", "127.0.0.1", "::1"} <= set(found)
    assert len(found) == len(set(found))
