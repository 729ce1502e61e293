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
└── NotOurPdf            a file that cannot be signed
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
