"""Sentences for what the ledger refuses."""

from __future__ import annotations

from daihoi.words.language import N_

SENTENCES: dict[str, str] = {
    "ledger.error": N_("The ledger of the count cannot be used."),
    "ledger.not_canonical": N_(
        "The value at {path} cannot be written into a signed record: {found}. Only text, whole numbers, true, false, "
        "lists and tables may stand there."
    ),
    "ledger.unknown_event": N_(
        "The ledger holds an event that this version does not know: {kind}. Use the version of Daihoi that wrote it."
    ),
    "ledger.bad_facts": N_("Event {kind}: field {field} should be {expected}, but is {found}."),
    "ledger.bad_human": N_("Event {kind} must carry {expected}."),
    "ledger.signature": N_("The key cannot sign."),
    "ledger.not_a_private_key": N_(
        "This is not a private key for signing (Ed25519, PKCS#8, PEM): {found}. Make one with: daihoi keys new --out "
        "KEY.pem"
    ),
    "ledger.passphrase_needed": N_("The key is locked with a passphrase and none was given."),
    "ledger.wrong_passphrase": N_("The passphrase does not open the key."),
}
