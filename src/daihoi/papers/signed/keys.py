"""A person's signing key, and how it is opened where it is a file: PKCS#12 (.p12, .pfx), by its passphrase."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from asn1crypto import pkcs12 as asn1
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import pkcs12

from daihoi.papers.signed.certificates import require_fit
from daihoi.papers.signed.errors import KeyIncomplete, KeyNotOpened, NotAKeyFile

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer

LARGEST_BYTES = 1 << 20
"""A key with a long chain of certificates has some 10 kB."""


@dataclass(frozen=True, repr=False)
class SigningKey:
    """An opened key: whose it is, the SHA-256 of its certificate in hex, and what signs with it, wherever it lies."""

    name: str
    organisation: str
    fingerprint: str
    signer: Callable[[], Signer]


def open_key(data: bytes, passphrase: str, *, now: datetime, file: str = "") -> SigningKey:
    """The key of a PKCS#12 file, its certificate valid at `now` (aware) and made for signing.

    Raises the family of `SigningError`.
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
    holder = require_fit(certificate, now=now)
    return SigningKey(holder.name, holder.organisation, holder.fingerprint, lambda: _signer(data, secret))


def _signer(data: bytes, secret: bytes) -> Signer:
    # Two seconds that only who signs pays.
    from pyhanko.sign.signers import SimpleSigner  # noqa: PLC0415

    signer: Signer = SimpleSigner.load_pkcs12_data(data, (), secret or None)
    return signer


def _is_pkcs12(data: bytes) -> bool:
    if not data or len(data) > LARGEST_BYTES:
        return False
    try:
        held = asn1.Pfx.load(data)
        return bool(held["version"].native == "v3" and held["auth_safe"]["content_type"].native)
    except (ValueError, TypeError, KeyError):
        return False
