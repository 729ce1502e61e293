"""Ed25519 keys and signatures: private half PKCS#8 PEM, public half SPKI PEM, signature 64 raw bytes."""

from __future__ import annotations

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from daihoi.ledger.errors import NotAPrivateKeyError, PassphraseNeededError, WrongPassphraseError

_LOCKED = b"-----BEGIN ENCRYPTED PRIVATE KEY-----"
_OPEN = b"-----BEGIN PRIVATE KEY-----"


def new_key(passphrase: bytes | None = None) -> tuple[bytes, bytes]:
    """A fresh key as (private PEM, public PEM); the private half is locked when a passphrase is given (not empty)."""
    key = Ed25519PrivateKey.generate()
    lock: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if passphrase:
        lock = serialization.BestAvailableEncryption(passphrase)
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)
    return private, _public_pem(key)


def is_encrypted(private_pem: bytes) -> bool:
    """Whether this key asks for a passphrase."""
    return _LOCKED in private_pem


def public_of(private_pem: bytes, passphrase: bytes | None = None) -> bytes:
    """The public half, PEM. Raises NotAPrivateKeyError, PassphraseNeededError, WrongPassphraseError."""
    return _public_pem(_load(private_pem, passphrase))


def sign(private_pem: bytes, passphrase: bytes | None, data: bytes) -> bytes:
    """The 64 bytes of the signature over `data`. Raises as `public_of` does."""
    return _load(private_pem, passphrase).sign(data)


def _public_pem(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def _load(private_pem: bytes, passphrase: bytes | None) -> Ed25519PrivateKey:
    locked = is_encrypted(private_pem)
    if not locked and _OPEN not in private_pem:
        raise NotAPrivateKeyError(found="no PRIVATE KEY in PEM")
    if locked and not passphrase:
        raise PassphraseNeededError()
    try:
        # A passphrase for a key that is not locked would make the library refuse.
        key = serialization.load_pem_private_key(private_pem, passphrase if locked else None)
    # The library does not tell a wrong passphrase from damage: with a lock the first is by far the likelier.
    except (ValueError, TypeError, UnsupportedAlgorithm):
        if locked:
            raise WrongPassphraseError() from None
        raise NotAPrivateKeyError(found="damaged PEM") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise NotAPrivateKeyError(found=type(key).__name__.removeprefix("_"))
    return key
