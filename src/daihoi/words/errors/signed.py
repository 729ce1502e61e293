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
}
