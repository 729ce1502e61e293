# ruff: noqa: N818 -- named by what is wrong, as in every room
"""What signing by key refuses.

SigningError (of the family PapersError)
├── NotAKeyFile          no PKCS#12 at all
├── KeyNotOpened         a wrong passphrase, or a damaged file
├── KeyIncomplete        no private key, or no certificate that belongs to it
├── CertificateUnfit     a certificate that is not made for signing, or a kind of key that nobody reads
├── CertificateNotValid  expired, or not valid yet
├── PlaceSigned          somebody signed at this place
├── SignedAlready        the same certificate signed at another place
├── NotOurPdf            a file that cannot be signed
└── TokenError           a key in a device
    ├── TokenSupportMissing      the library that speaks with devices is not installed
    ├── ModuleUnusable           the maker's module cannot be loaded
    ├── NoToken                  nothing is plugged in
    ├── TokenNotThere            no token of this label
    ├── TokenUnclear             several, and none was named
    ├── PinWrong                 the PIN does not open it
    ├── PinLocked                it has locked itself
    ├── TokenWithoutCertificate  no certificate on it
    ├── KeyWithoutCertificate    a private key, and no certificate that belongs to it
    ├── CertificateWithoutKey    certificates, and no private key that belongs to one
    ├── CertificateNotThere      no certificate of this label
    ├── CertificateUnclear       several may sign, and none was named
    ├── KeyOfAnother             what the key signed is not of the certificate
    ├── TokenGone                pulled out in between
    └── TokenRefused             whatever else the module says
"""

from __future__ import annotations

from typing import ClassVar

from daihoi.papers.errors import PapersError


class SigningError(PapersError):
    """A paper cannot be signed; `fields` fill the sentence of `code`."""

    code: ClassVar[str] = "signed.refused"


class NotAKeyFile(SigningError):
    """`file` is no PKCS#12."""

    code: ClassVar[str] = "signed.not_a_key"


class KeyNotOpened(SigningError):
    """The passphrase does not open `file`."""

    code: ClassVar[str] = "signed.key_not_opened"


class KeyIncomplete(SigningError):
    """`file` lacks its private key or the certificate of it."""

    code: ClassVar[str] = "signed.key_incomplete"


class CertificateUnfit(SigningError):
    """The certificate of `name` says that it is not for signing, or its key is of the kind `kind`."""

    code: ClassVar[str] = "signed.certificate_unfit"


class CertificateNotValid(SigningError):
    """The certificate of `name` is valid from `begins` to `ends`; now it is `now` (all datetimes)."""

    code: ClassVar[str] = "signed.certificate_not_valid"


class PlaceSigned(SigningError):
    """`name` signed at this place already."""

    code: ClassVar[str] = "signed.place_signed"


class SignedAlready(SigningError):
    """The certificate of `name` stands on this paper already."""

    code: ClassVar[str] = "signed.signed_already"


class NotOurPdf(SigningError):
    """A signature cannot be added: `reason` as the library says it."""

    code: ClassVar[str] = "signed.not_our_pdf"


class TokenError(SigningError):
    """A key in a device cannot sign; `token` is its label, as in the tree below it."""

    code: ClassVar[str] = "signed.token"


class TokenSupportMissing(TokenError):
    """Nothing here speaks with devices."""

    code: ClassVar[str] = "signed.token_support_missing"


class ModuleUnusable(TokenError):
    """`file` is no PKCS#11 module of this system: `reason` as the system says it."""

    code: ClassVar[str] = "signed.module_unusable"


class NoToken(TokenError):
    """The module `file` sees no token."""

    code: ClassVar[str] = "signed.no_token"


class TokenNotThere(TokenError):
    """None of `tokens` (labels and serial numbers) is called `label`."""

    code: ClassVar[str] = "signed.token_not_there"


class TokenUnclear(TokenError):
    """`tokens` (labels and serial numbers) are plugged in."""

    code: ClassVar[str] = "signed.token_unclear"


class PinWrong(TokenError):
    """`token` does not take the PIN."""

    code: ClassVar[str] = "signed.pin_wrong"


class PinLocked(TokenError):
    """`token` takes no PIN any more."""

    code: ClassVar[str] = "signed.pin_locked"


class TokenWithoutCertificate(TokenError):
    """`token` holds nothing to sign with."""

    code: ClassVar[str] = "signed.token_without_certificate"


class KeyWithoutCertificate(TokenError):
    """`token` holds a private key and no certificate that belongs to it."""

    code: ClassVar[str] = "signed.key_without_certificate"


class CertificateWithoutKey(TokenError):
    """`token` holds the certificates of `names` and no private key that belongs to one."""

    code: ClassVar[str] = "signed.certificate_without_key"


class CertificateNotThere(TokenError):
    """None of the `certificates` on `token` (labels, holders and numbers) is called `label`."""

    code: ClassVar[str] = "signed.certificate_not_there"


class CertificateUnclear(TokenError):
    """Several `certificates` (labels, holders and numbers) lie on `token`."""

    code: ClassVar[str] = "signed.certificate_unclear"


class KeyOfAnother(TokenError):
    """What the private key on `token` signs is not signed by the certificate of `name`."""

    code: ClassVar[str] = "signed.key_of_another"


class TokenGone(TokenError):
    """`token` was there and is not any more."""

    code: ClassVar[str] = "signed.token_gone"


class TokenRefused(TokenError):
    """`token` refuses: `reason` as its module names it."""

    code: ClassVar[str] = "signed.token_refused"
