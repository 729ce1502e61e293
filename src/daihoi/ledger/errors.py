"""What the ledger refuses.

LedgerError
├── NotCanonicalError          a value that canonical JSON cannot hold (a float, a key twice, a lone surrogate)
├── UnknownEventError          an entry of a kind that events.py does not declare
├── BadFactsError              facts that are not those of the event
├── BadHumanError              time or name missing on a human act, or present on a machine's
└── SignatureError
    ├── NotAPrivateKeyError    not a PKCS#8 PEM, or not Ed25519
    ├── PassphraseNeededError  the key is locked and no passphrase was given
    └── WrongPassphraseError   the passphrase does not open the key
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar


class LedgerError(Exception):
    """The family; `fields` hold the data that the sentence needs."""

    code: ClassVar[str] = "ledger.error"

    def __init__(self, **fields: object) -> None:
        super().__init__(f"{self.code} {fields}")
        self.fields = fields
        for name, value in fields.items():
            setattr(self, name, value)

    def __reduce__(self) -> tuple[object, tuple[()]]:
        """Travel from a reading process to the one that started it."""
        return partial(type(self), **self.fields), ()


class NotCanonicalError(LedgerError):
    """A value that canonical JSON cannot hold; `path` leads to it, `found` says what it is."""

    code = "ledger.not_canonical"
    path: str
    found: str


class UnknownEventError(LedgerError):
    """An event that is not declared."""

    code = "ledger.unknown_event"
    kind: str


class BadFactsError(LedgerError):
    """Facts that do not fit their event: `field` is unknown, missing or of another type than `expected`."""

    code = "ledger.bad_facts"
    kind: str
    field: str
    expected: str
    found: str


class BadHumanError(LedgerError):
    """A human act without time and name, or a machine's event with them; `expected` says which."""

    code = "ledger.bad_human"
    kind: str
    expected: str


class SignatureError(LedgerError):
    """A key that cannot sign."""

    code = "ledger.signature"


class NotAPrivateKeyError(SignatureError):
    """Not a PEM file in PKCS#8, or not a key of Ed25519; `found` says what it is."""

    code = "ledger.not_a_private_key"
    found: str


class PassphraseNeededError(SignatureError):
    """The key is locked with a passphrase and none was given."""

    code = "ledger.passphrase_needed"


class WrongPassphraseError(SignatureError):
    """The passphrase does not open the key."""

    code = "ledger.wrong_passphrase"
