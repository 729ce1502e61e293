"""What a verifier refuses. A bad package is never an error: it gives findings.

VerifyError
├── PackageNotOpenedError    the file that was named cannot be opened at all
├── BadPublicKeyError        the key that was named is no Ed25519 public key
└── MalformedError           data that is not of its form; never leaves this room, becomes a finding
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar


class VerifyError(Exception):
    """The family; `fields` hold the data that the sentence needs."""

    code: ClassVar[str] = "verify.error"

    def __init__(self, **fields: object) -> None:
        super().__init__(f"{self.code} {fields}")
        self.fields = fields
        for name, value in fields.items():
            setattr(self, name, value)

    def __reduce__(self) -> tuple[object, tuple[()]]:
        """Travel from a reading process to the one that started it."""
        return partial(type(self), **self.fields), ()


class PackageNotOpenedError(VerifyError):
    """The file is not there or cannot be read; `found` in the system's words."""

    code = "verify.package_not_opened"
    file: str
    found: str


class BadPublicKeyError(VerifyError):
    """A key that is not the public half of Ed25519 in PEM."""

    code = "verify.bad_public_key"


class MalformedError(VerifyError):
    """A member whose data is not of its form: at `path` stands `found` where `expected` belongs."""

    code = "verify.malformed"
    member: str
    path: str
    expected: str
    found: str
