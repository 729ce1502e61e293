"""What lies on a token, and which of it signs: told without the device, by the certificates that were read from it."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from daihoi.papers.signed import errors
from daihoi.papers.signed.certificates import holder_of, is_fit


@dataclass(frozen=True)
class Held:
    """A certificate on a token; `number` is what PKCS#11 calls CKA_ID."""

    label: str
    number: bytes
    certificate: x509.Certificate

    @property
    def key(self) -> bytes | str:
        """Its number, or its label where the device gives none: its private key bears the same."""
        return self.number or self.label

    def __str__(self) -> str:
        told = (holder_of(self.certificate).name, self.number.hex())
        return f"{self.label or '?'} ({', '.join(each for each in told if each)})"

    def is_called(self, name: str) -> bool:
        """Whether a person means this one: by label, by holder, or by number in hex."""
        return name in (self.label, holder_of(self.certificate).name) or name.lower() == self.number.hex()


def choose(token: str, there: Sequence[Held], keys: Collection[bytes | str], name: str, *, now: datetime) -> Held:
    """The certificate to sign with: the one that is named, else the only one, else the only one that is fit at `now`.

    `token` is the label to tell, `keys` what the private keys bear. Raises TokenWithoutCertificate,
    KeyWithoutCertificate, CertificateWithoutKey, CertificateNotThere, CertificateUnclear.
    """
    able = _able(token, there, keys)
    wanted = unicodedata.normalize("NFC", name).strip()
    fitting = [one for one in able if not wanted or one.is_called(wanted)]
    if len(fitting) > 1:
        # A renewed certificate lies beside the one that has expired.
        fitting = [one for one in fitting if is_fit(one.certificate, now=now)] or fitting
    if len(fitting) == 1:
        return fitting[0]
    listed = "; ".join(str(one) for one in able)
    if fitting:
        raise errors.CertificateUnclear(token=token, certificates=listed)
    raise errors.CertificateNotThere(token=token, label=wanted, certificates=listed)


def _able(token: str, there: Sequence[Held], keys: Collection[bytes | str]) -> list[Held]:
    """Those with a private key; never none."""
    able = [one for one in there if one.key in keys]
    if able:
        return able
    if keys:
        raise errors.KeyWithoutCertificate(token=token)
    if there:
        names = "; ".join(holder_of(one.certificate).name for one in there)
        raise errors.CertificateWithoutKey(token=token, names=names)
    raise errors.TokenWithoutCertificate(token=token)


def issuers(certificate: x509.Certificate, there: Sequence[Held]) -> list[x509.Certificate]:
    """Who vouches for it among what lies on the token, nearest first; by name, for readers of PDF look at more."""
    found: list[x509.Certificate] = []
    below = certificate
    while below.issuer != below.subject:
        above = [one.certificate for one in there if one.certificate.subject == below.issuer]
        if not above or above[0] in found:
            break
        below = above[0]
        found.append(below)
    return found


def is_by(certificate: x509.Certificate, data: bytes, made: bytes) -> bool:
    """Whether `made` is the signature of `data` (over its SHA-256) by the key of this certificate."""
    public = certificate.public_key()
    try:
        if isinstance(public, rsa.RSAPublicKey):
            public.verify(made, data, padding.PKCS1v15(), SHA256())
            return True
        if isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(made, data, ec.ECDSA(SHA256()))
            return True
    except InvalidSignature:
        return False
    return False
