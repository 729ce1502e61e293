"""Whose a certificate is, and whether it may sign a paper now; told by it alone, for a hall has no network."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import ExtensionOID, NameOID

from daihoi.papers.signed.errors import CertificateNotValid, CertificateUnfit, SigningError

_FEWEST_BITS = 2048


@dataclass(frozen=True)
class Holder:
    """Whom a certificate names, for which body, and its SHA-256 in hex."""

    name: str
    organisation: str
    fingerprint: str


def holder_of(certificate: x509.Certificate) -> Holder:
    """Whose it is, in the letters of the house (NFC); the whole subject where it names nobody."""
    name = _said(certificate, NameOID.COMMON_NAME) or certificate.subject.rfc4514_string()
    return Holder(name, _said(certificate, NameOID.ORGANIZATION_NAME), certificate.fingerprint(SHA256()).hex())


def require_fit(certificate: x509.Certificate, *, now: datetime) -> Holder:
    """The holder of a certificate that may sign at `now` (aware). Raises CertificateUnfit, CertificateNotValid.

    Nobody is asked whether it was revoked or who vouches for it: the paper bears the signature by which both can be
    looked up at any later time.
    """
    holder = holder_of(certificate)
    try:
        public = certificate.public_key()
    except (UnsupportedAlgorithm, ValueError):
        # A kind of key that nobody here reads, such as those of other countries' own standards.
        raise CertificateUnfit(name=holder.name, kind="?") from None
    strong = isinstance(public, ec.EllipticCurvePublicKey) or (
        isinstance(public, rsa.RSAPublicKey) and public.key_size >= _FEWEST_BITS
    )
    if not strong or not _is_for_signing(certificate):
        raise CertificateUnfit(name=holder.name, kind=type(public).__name__.removesuffix("PublicKey"))
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not begins <= now <= ends:
        zone = now.tzinfo
        raise CertificateNotValid(name=holder.name, begins=begins.astimezone(zone), ends=ends.astimezone(zone), now=now)
    return holder


def is_fit(certificate: x509.Certificate, *, now: datetime) -> bool:
    """Whether it may sign at `now`."""
    try:
        require_fit(certificate, now=now)
    except SigningError:
        return False
    return True


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
