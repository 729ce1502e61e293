"""Keys and signatures: what opens, what signs, what is refused."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from daihoi.ledger.errors import NotAPrivateKeyError, PassphraseNeededError, SignatureError, WrongPassphraseError
from daihoi.ledger.signatures import is_encrypted, new_key, public_of, sign

OPEN, OPEN_PUBLIC = new_key()
WORD = "sống".encode()
LOCKED, LOCKED_PUBLIC = new_key(WORD)


def check(public_pem: bytes, signature: bytes, data: bytes) -> None:
    key = serialization.load_pem_public_key(public_pem)
    assert isinstance(key, Ed25519PublicKey)
    key.verify(signature, data)


@pytest.mark.parametrize(("private", "public", "word"), [(OPEN, OPEN_PUBLIC, None), (LOCKED, LOCKED_PUBLIC, WORD)])
def test_signature_is_64_bytes_that_the_public_half_confirms(private: bytes, public: bytes, word: bytes | None) -> None:
    signature = sign(private, word, b"record")
    assert len(signature) == 64
    check(public, signature, b"record")
    with pytest.raises(InvalidSignature):
        check(public, signature, b"recorD")


def test_two_keys_are_never_the_same() -> None:
    assert new_key()[0] != new_key()[0]


def test_key_is_pkcs8_and_its_public_half_spki() -> None:
    assert OPEN.startswith(b"-----BEGIN PRIVATE KEY-----\n")
    assert LOCKED.startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n")
    assert OPEN_PUBLIC.startswith(b"-----BEGIN PUBLIC KEY-----\n")


def test_locked_key_is_known_without_its_passphrase() -> None:
    assert is_encrypted(LOCKED)
    assert not is_encrypted(OPEN)


def test_empty_passphrase_locks_nothing() -> None:
    assert not is_encrypted(new_key(b"")[0])


def test_public_half_follows_from_the_private() -> None:
    assert public_of(OPEN) == OPEN_PUBLIC
    assert public_of(LOCKED, WORD) == LOCKED_PUBLIC


def test_passphrase_for_an_open_key_does_no_harm() -> None:
    assert public_of(OPEN, b"needless") == OPEN_PUBLIC


@pytest.mark.parametrize("word", [None, b""])
def test_locked_key_asks_for_its_passphrase(word: bytes | None) -> None:
    with pytest.raises(PassphraseNeededError):
        sign(LOCKED, word, b"record")


def test_wrong_passphrase_is_told_apart() -> None:
    with pytest.raises(WrongPassphraseError):
        sign(LOCKED, b"song", b"record")


def other_kind() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@pytest.mark.parametrize(
    "pem",
    [b"", b"text", OPEN_PUBLIC, OPEN.replace(b"M", b"!"), OPEN[:60], other_kind(), b"\xff\xfe" + OPEN[:40]],
    # Keys are new in every process, and tests that run side by side must have the same names.
    ids=["empty", "text", "public", "spoiled", "cut", "other kind", "not text"],
)
def test_what_is_no_ed25519_private_key_is_refused(pem: bytes) -> None:
    with pytest.raises(NotAPrivateKeyError) as caught:
        sign(pem, None, b"record")
    assert caught.value.found


def test_every_refusal_is_of_the_signature_family() -> None:
    for error in (NotAPrivateKeyError, PassphraseNeededError, WrongPassphraseError):
        assert issubclass(error, SignatureError)
