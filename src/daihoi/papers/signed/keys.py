"""A person's signing key as authorities hand it out: PKCS#12 (.p12, .pfx), opened by its passphrase."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import pkcs12 as asn1
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtensionOID, NameOID

from daihoi.papers.signed.errors import CertificateNotValid, CertificateUnfit, KeyIncomplete, KeyNotOpened, NotAKeyFile

LARGEST_BYTES = 1 << 20
"""A key with a long chain of certificates has some 10 kB."""
_FEWEST_BITS = 2048


@dataclass(frozen=True, repr=False)
class SigningKey:
    """An opened key: whose it is, the SHA-256 of its certificate in hex, and what opens it again for the signature."""

    name: str
    organisation: str
    fingerprint: str
    data: bytes
    passphrase: bytes


def open_key(data: bytes, passphrase: str, *, now: datetime, file: str = "") -> SigningKey:
    """The key of a PKCS#12 file, its certificate valid at `now` (aware) and made for signing.

    Nobody is asked whether the certificate was revoked or who vouches for it: a hall has no network, and the paper
    bears the signature by which both can be looked up at any later time. Raises the family of `SigningError`.
    """
    secret = unicodedata.normalize("NFC", passphrase).encode()
    if not _is_pkcs12(data):
        raise NotAKeyFile(file=file)
    try:
        private, certificate, _others = pkcs12.load_key_and_certificates(data, secret or None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        # The library does not tell a wrong passphrase from damage: the first is by far the likelier.
        raise KeyNotOpened(file=file) from None
    if private is None or certificate is None:
        raise KeyIncomplete(file=file)
    name = _said(certificate, NameOID.COMMON_NAME) or certificate.subject.rfc4514_string()
    strong = isinstance(private, ec.EllipticCurvePrivateKey) or (
        isinstance(private, rsa.RSAPrivateKey) and private.key_size >= _FEWEST_BITS
    )
    if not strong or not _is_for_signing(certificate):
        raise CertificateUnfit(name=name, kind=type(private).__name__.removesuffix("PrivateKey"))
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not begins <= now <= ends:
        zone = now.tzinfo
        raise CertificateNotValid(name=name, begins=begins.astimezone(zone), ends=ends.astimezone(zone), now=now)
    return SigningKey(
        name, _said(certificate, NameOID.ORGANIZATION_NAME), certificate.fingerprint(SHA256()).hex(), data, secret
    )


def _is_pkcs12(data: bytes) -> bool:
    if not data or len(data) > LARGEST_BYTES:
        return False
    try:
        held = asn1.Pfx.load(data)
        return bool(held["version"].native == "v3" and held["auth_safe"]["content_type"].native)
    except (ValueError, TypeError, KeyError):
        return False


def _said(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> str:
    found = certificate.subject.get_attributes_for_oid(oid)
    return " ".join(unicodedata.normalize("NFC", str(found[0].value)).split()) if found else ""


def _is_for_signing(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_oid(ExtensionOID.KEY_USAGE).value
    # Without the extension a key is for every use.
    except x509.ExtensionNotFound:
        return True
    return isinstance(usage, x509.KeyUsage) and (usage.digital_signature or usage.content_commitment)
