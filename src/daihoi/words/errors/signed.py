"""Sentences for what signing by key refuses."""

from __future__ import annotations

from daihoi.words.language import N_

SENTENCES: dict[str, str] = {
    "signed.not_a_key": N_(
        "{file} is no key in PKCS#12 (.p12 or .pfx); choose the file that the key was given out in."
    ),
    "signed.key_not_opened": N_("The passphrase does not open {file}. Nothing was signed; type it again."),
    "signed.key_incomplete": N_(
        "{file} holds no private key with its certificate. Have the key given out anew with both of them."
    ),
    "signed.certificate_unfit": N_(
        "The certificate of {name} is not made for signing papers ({kind}). Sign with a certificate for signatures, or "
        "by hand."
    ),
    "signed.certificate_not_valid": N_(
        "The certificate of {name} is valid from {begins} to {ends}, and the clock of this computer says {now}. Set "
        "the clock right, or sign with a certificate that is valid, or by hand."
    ),
    "signed.place_signed": N_(
        "{name} signed at this place already. Sign at the other place, or leave the paper as it is."
    ),
    "signed.signed_already": N_("{name} signed these minutes already; another person signs at the other place."),
    "signed.not_our_pdf": N_("The PDF cannot be signed ({reason}). Write the minutes anew, or sign them by hand."),
    "signed.token_support_missing": N_(
        "What speaks with tokens is not installed here: give `pip install 'daihoi[pkcs11]'` while there is a network, "
        "or sign with a key in a file or by hand."
    ),
    "signed.module_unusable": N_(
        "{file} is no PKCS#11 module that can be loaded ({reason}). Give the one that came with the token, for this "
        "system and with as many bits as Python (mostly 64)."
    ),
    "signed.no_token": N_(
        "No token is seen through {file}. Plug the token in, wait for its light, and give the command again; when it "
        "is plugged in, the module is that of another maker."
    ),
    "signed.token_not_there": N_("No token is called {label}. Plugged in: {tokens}. Name one of them with --token."),
    "signed.token_unclear": N_("Several tokens are plugged in: {tokens}. Name yours with --token."),
    "signed.pin_wrong": N_(
        "The token {token} does not take this PIN. Nothing was signed. A token locks itself after a few wrong PINs, "
        "many after three: be sure of it before you type it again."
    ),
    "signed.pin_locked": N_(
        "The token {token} is locked after too many wrong PINs. Only who gave it out unlocks it; sign with another key "
        "or by hand."
    ),
    "signed.token_without_certificate": N_(
        "The token {token} holds no certificate. Have one put on it by who gave it out, or sign by hand."
    ),
    "signed.key_without_certificate": N_(
        "The token {token} holds a private key without its certificate. Have the certificate put on it by who gave it "
        "out, or sign by hand."
    ),
    "signed.certificate_without_key": N_(
        "The token {token} holds certificates ({names}) without a private key that signs. Take the token that the key "
        "was made on, or sign by hand."
    ),
    "signed.certificate_not_there": N_(
        "No certificate on the token {token} is called {label}. There are: {certificates}. Name one of them with "
        "--certificate, by its label or its number."
    ),
    "signed.certificate_unclear": N_(
        "Several certificates on the token {token} can sign: {certificates}. Name yours with --certificate, by its "
        "label or its number."
    ),
    "signed.key_of_another": N_(
        "The private key on the token {token} is not that of the certificate of {name}. Nothing was signed; have the "
        "token looked at by who gave it out, or sign by hand."
    ),
    "signed.token_gone": N_(
        "The token {token} was pulled out before it had signed. Nothing was signed; plug it in and give the command "
        "again."
    ),
    "signed.token_refused": N_(
        "The token {token} refuses ({reason}). Nothing was signed; see that it is plugged in and that the program of "
        "its maker opens it, or sign by hand."
    ),
}
