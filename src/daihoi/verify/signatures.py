"""The check of an Ed25519 signature; written apart from the ledger's signing."""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

LENGTH = 64
"""Bytes of a signature."""


def load_public_key(pem: bytes) -> Ed25519PublicKey | None:
    """The key in a PEM file (SubjectPublicKeyInfo); None when it is none of Ed25519."""
    try:
        key = serialization.load_pem_public_key(pem)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, Ed25519PublicKey) else None


def raw(key: Ed25519PublicKey) -> bytes:
    """The 32 bytes of the key: two files of one key may differ in line ends."""
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def fingerprint(key: Ed25519PublicKey) -> str:
    """SHA-256 of the key in DER, lower-case hex."""
    der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()


def holds(key: Ed25519PublicKey, signature: bytes, data: bytes) -> bool:
    """Whether this key signed these bytes."""
    if len(signature) != LENGTH:
        return False
    try:
        key.verify(signature, data)
    except InvalidSignature:
        return False
    return True
