"""Signing keys as an authority would hand them out, made here and vouched for by nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

PASSPHRASE = "mật khẩu của Ban"
NOW = datetime(2025, 6, 17, 9, 5, 7, tzinfo=UTC)
Private = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


@cache
def private(kind: str = "ec") -> Private:
    """A private key; a small one of RSA is not for signing."""
    if kind == "ed25519":
        return ed25519.Ed25519PrivateKey.generate()
    return ec.generate_private_key(ec.SECP256R1()) if kind == "ec" else rsa.generate_private_key(65537, int(kind))


def certificate(
    name: str,
    organisation: str = "",
    *,
    key: Private,
    days: tuple[int, int] = (-30, 300),
    signs: bool = True,
    issuer: str = "",
) -> x509.Certificate:
    """A certificate valid so many days from and after NOW; an `issuer` is named and vouches for nothing."""
    said = [x509.NameAttribute(NameOID.COMMON_NAME, name)]
    if organisation:
        said.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    whose = x509.Name(said)
    usage = x509.KeyUsage(
        digital_signature=signs, content_commitment=signs, key_encipherment=True, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    by = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]) if issuer else whose
    made = x509.CertificateBuilder().subject_name(whose).issuer_name(by).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).add_extension(usage, critical=True)
    made = made.not_valid_before(NOW + timedelta(days[0])).not_valid_after(NOW + timedelta(days[1]))
    return made.sign(key, None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256())


def key_file(
    name: str,
    organisation: str = "",
    *,
    kind: str = "ec",
    days: tuple[int, int] = (-30, 300),
    signs: bool = True,
    passphrase: str = PASSPHRASE,
) -> bytes:
    """PKCS#12 with the key and its certificate."""
    key = private(kind)
    lock = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    held = certificate(name, organisation, key=key, days=days, signs=signs)
    return pkcs12.serialize_key_and_certificates(None, key, held, None, lock)


def today(before: int = 10, after: int = 10) -> tuple[int, int]:
    """Days of validity about the day of the test, as `days` of a key file; for programs that ask the clock."""
    gone = (datetime.now(UTC) - NOW).days
    return gone - before, gone + after
