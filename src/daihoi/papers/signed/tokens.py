"""A person's signing key in a device (smart card, USB token), reached through the PKCS#11 module of its maker.

The private key never leaves the device, and the PIN goes to the module alone. Importing this needs the extra `pkcs11`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pkcs11
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from pkcs11 import Attribute, CertificateType, Mechanism, ObjectClass, TokenFlag
from pyhanko.sign.pkcs11 import PKCS11Signer

from daihoi.papers.signed import errors
from daihoi.papers.signed.certificates import holder_of, require_fit
from daihoi.papers.signed.held import Held, choose, is_by, issuers
from daihoi.papers.signed.keys import SigningKey

_WRONG = (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange)
_GONE = (
    pkcs11.DeviceRemoved, pkcs11.TokenNotPresent, pkcs11.SessionHandleInvalid, pkcs11.SessionClosed,
    pkcs11.SlotIDInvalid, pkcs11.ObjectHandleInvalid, pkcs11.KeyHandleInvalid,
)  # fmt: skip


@dataclass(frozen=True)
class Token:
    """A token that is plugged in: its label, by which people know it, its serial number, and what speaks with it."""

    label: str
    serial: str
    device: pkcs11.Token

    def __str__(self) -> str:
        return f"{self.label} ({self.serial})"

    @property
    def mistyped(self) -> bool:
        """Whether the token says that a wrong PIN was typed since it was last opened."""
        return bool(self.device.flags & TokenFlag.USER_PIN_COUNT_LOW)

    @property
    def on_last_try(self) -> bool:
        """Whether the token says that one more wrong PIN locks it."""
        return bool(self.device.flags & TokenFlag.USER_PIN_FINAL_TRY)


def find_token(module: Path, label: str = "") -> Token:
    """The token of this label or serial number, or the only one; before anybody is asked for a PIN.

    Raises OSError, ModuleUnusable, NoToken, TokenNotThere, TokenUnclear.
    """
    # A path that is not there is told as every other file, and a bare name is not looked for all over the system.
    path = module.resolve(strict=True)
    try:
        found = [_token(one) for one in pkcs11.lib(str(path)).get_tokens() if TokenFlag.TOKEN_INITIALIZED & one.flags]
    except pkcs11.PKCS11Error as refused:
        # The library begins with the path, and the system repeats it.
        reason = _reason(refused).removeprefix(f"OS exception while loading {path}: ").removeprefix(f"{path}: ")
        raise errors.ModuleUnusable(file=str(module), reason=reason) from None
    if not found:
        raise errors.NoToken(file=str(module))
    wanted = _tidy(label)
    fitting = [one for one in found if not wanted or wanted in (one.label, one.serial)]
    if len(fitting) == 1:
        return fitting[0]
    listed = "; ".join(str(one) for one in found)
    if fitting:
        raise errors.TokenUnclear(tokens=listed)
    raise errors.TokenNotThere(label=wanted, tokens=listed)


@contextmanager
def token_key(token: Token, pin: str, *, certificate: str = "", now: datetime) -> Iterator[SigningKey]:
    """The key on a token while the block lasts; `certificate` is a label, holder or number, wanted where several sign.

    Raises the family of TokenError, CertificateUnfit and CertificateNotValid (at `now`, aware); the block, TokenGone,
    KeyOfAnother and TokenRefused when it signs.
    """
    pin = unicodedata.normalize("NFC", pin)
    with telling(token.label):
        session = token.device.open(user_pin=pin)
    try:
        with telling(token.label):
            there, keys = _certificates(session), _keys(session)
            chosen = choose(token.label, there, keys, certificate, now=now)
            holder = require_fit(chosen.certificate, now=now)
            # Keys for legal signatures ask for the PIN at each one.
            again = _attribute(keys[chosen.key], Attribute.ALWAYS_AUTHENTICATE)
            signer = _signer(token, session, chosen, there, {"pin": pin} if again else {})
        yield SigningKey(holder.name, holder.organisation, holder.fingerprint, lambda: signer)
    finally:
        # Where the token is gone there is nothing left to close.
        with suppress(pkcs11.PKCS11Error):
            session.close()


@contextmanager
def telling(token: str) -> Iterator[None]:
    """What a module refuses, as the refusal that names the token."""
    try:
        yield
    except _WRONG:
        raise errors.PinWrong(token=token) from None
    except pkcs11.PinLocked:
        raise errors.PinLocked(token=token) from None
    except _GONE:
        raise errors.TokenGone(token=token) from None
    except pkcs11.PKCS11Error as refused:
        raise errors.TokenRefused(token=token, reason=_reason(refused)) from None


class _TokenSigner(PKCS11Signer):
    """Signs on the device, and holds what comes back to the certificate: only a written number binds the two."""

    def on(self, token: str, certificate: x509.Certificate) -> _TokenSigner:
        """Say where, and whose signature is expected."""
        self._token, self._certificate = token, certificate
        return self

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        with telling(self._token):
            made = await super().async_sign_raw(data, digest_algorithm, dry_run)
        if not dry_run and not is_by(self._certificate, data, made):
            raise errors.KeyOfAnother(token=self._token, name=holder_of(self._certificate).name)
        return made


def _signer(
    token: Token, session: pkcs11.Session, chosen: Held, there: list[Held], pins: dict[str, str]
) -> _TokenSigner:
    by_rsa = isinstance(chosen.certificate.public_key(), rsa.RSAPublicKey)
    whole = Mechanism.SHA256_RSA_PKCS if by_rsa else Mechanism.ECDSA_SHA256
    signer = _TokenSigner(
        session,
        signing_cert=_asn1(chosen.certificate),
        ca_chain=[_asn1(one) for one in issuers(chosen.certificate, there)],
        key_id=chosen.number or None,
        key_label=None if chosen.number else chosen.label,
        # Some devices digest by themselves, some sign a digest only.
        use_raw_mechanism=whole not in token.device.slot.get_mechanisms(),
        base_sign_kwargs=pins,
    ).on(token.label, chosen.certificate)
    # Asked for here, where faults of the token are told as such: it is what fetches the handle of the key.
    _ = signer.signing_cert
    return signer


def _certificates(session: pkcs11.Session) -> list[Held]:
    wanted = {Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.CERTIFICATE_TYPE: CertificateType.X_509}
    found = []
    for one in session.get_objects(wanted):
        # What cannot be read as a certificate signs nothing.
        with suppress(ValueError, x509.InvalidVersion):
            certificate = x509.load_der_x509_certificate(bytes(_attribute(one, Attribute.VALUE) or b""))
            found.append(Held(_label(one), bytes(_attribute(one, Attribute.ID) or b""), certificate))
    # Devices list them in any order.
    return sorted(found, key=str)


def _keys(session: pkcs11.Session) -> dict[bytes | str, Any]:
    """The private keys that sign, by what their certificates are found by."""
    wanted = {Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.SIGN: True}
    return {bytes(_attribute(one, Attribute.ID) or b"") or _label(one): one for one in session.get_objects(wanted)}


def _token(device: pkcs11.Token) -> Token:
    return Token(_tidy(device.label) or "?", _tidy(device.serial.decode("ascii", "replace")), device)


def _label(one: Any) -> str:
    return _tidy(str(_attribute(one, Attribute.LABEL) or ""))


def _attribute(one: Any, name: Attribute) -> Any:
    """An attribute that not every device knows; None then."""
    try:
        return one[name]
    except (pkcs11.AttributeTypeInvalid, pkcs11.AttributeSensitive):
        return None


def _tidy(text: str) -> str:
    # Padded by spaces as the standard has it, by zeros on some devices.
    return unicodedata.normalize("NFC", text).strip(" \0")


def _asn1(certificate: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificate.public_bytes(Encoding.DER))


def _reason(refused: pkcs11.PKCS11Error) -> str:
    return str(refused).strip() or type(refused).__name__
