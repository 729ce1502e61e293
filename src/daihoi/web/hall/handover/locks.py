"""The lock of packages: made once from the board's passphrase, which is then forgotten.

scrypt makes 64 bytes of the passphrase. The first half is an X25519 private key, of which the house keeps the public
half: it can write packages every few minutes without the passphrase, and cannot open one. The second half the house
keeps too; it goes into the key of each package, so that nobody else can write one that opens.
"""

from __future__ import annotations

import base64
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from daihoi.web.hall.errors import PassphraseShortError

LEAST = 12
"""Characters of a passphrase."""
COST, BLOCK, LANES = 2**17, 8, 1
"""scrypt: 128 MiB and about half a second for each try."""
MOST_COST = 2**20
"""No file may ask for more memory than this."""
_INFO = b"daihoi handover 1"


@dataclass(frozen=True)
class Lock:
    """What the house keeps: salt and cost of scrypt, the public half, and the half that is mixed in."""

    salt: bytes
    public: bytes
    mixed: bytes
    cost: int = COST

    def kept(self) -> dict[str, object]:
        """As it stands in the database."""
        told = {"salt": self.salt, "public": self.public, "mixed": self.mixed}
        return {"cost": self.cost, **{name: base64.b64encode(data).decode("ascii") for name, data in told.items()}}

    @staticmethod
    def of(kept: Mapping[str, object]) -> Lock:
        """From what was kept."""
        salt, public, mixed = (base64.b64decode(str(kept[name])) for name in ("salt", "public", "mixed"))
        return Lock(salt, public, mixed, int(str(kept["cost"])))


def words_of(first: str, second: str = "") -> str:
    """One passphrase of the parts of one or two people; typed with any keyboard and any spaces it is the same."""
    parts = [" ".join(unicodedata.normalize("NFC", part).split()) for part in (first, second)]
    return "\n".join(part for part in parts if part)


def lock_of(words: str, *, cost: int = COST) -> Lock:
    """A new lock. Raises PassphraseShortError."""
    if len(words) < LEAST:
        raise PassphraseShortError(least=LEAST)
    salt = os.urandom(16)
    private, mixed = _stretched(words, salt, cost)
    return Lock(salt, private.public_key().public_bytes_raw(), mixed, cost)


def opened(words: str, salt: bytes, public: bytes, cost: int) -> tuple[X25519PrivateKey, bytes] | None:
    """What opens the packages of a lock; None for another passphrase."""
    private, mixed = _stretched(words, salt, cost)
    return (private, mixed) if private.public_key().public_bytes_raw() == public else None


def _stretched(words: str, salt: bytes, cost: int) -> tuple[X25519PrivateKey, bytes]:
    stretched = Scrypt(salt=salt, length=64, n=cost, r=BLOCK, p=LANES).derive(words.encode())
    return X25519PrivateKey.from_private_bytes(stretched[:32]), stretched[32:]


def key_to_write() -> tuple[bytes, X25519PrivateKey]:
    """The public half of a key for one package alone, and its private half, which is forgotten with the package."""
    once = X25519PrivateKey.generate()
    return once.public_key().public_bytes_raw(), once


def key_of(private: X25519PrivateKey, public: bytes, mixed: bytes, header: bytes) -> bytes:
    """The key of one package, from either side; bound to its header."""
    shared = private.exchange(X25519PublicKey.from_public_bytes(public))
    return HKDF(algorithm=SHA256(), length=32, salt=mixed, info=_INFO + header).derive(shared)
