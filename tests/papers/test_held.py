"""What lies on a token, and which of it signs: the same everywhere, with no device at hand."""

from __future__ import annotations

import unicodedata

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from daihoi.papers.signed import errors
from daihoi.papers.signed.certificates import require_fit
from daihoi.papers.signed.held import Held, choose, is_by, issuers
from tests.papers.signing_keys import NOW, certificate, private

KEY = private()
OLD = Held("ký số", b"\x01", certificate("Lò Văn An", key=KEY, days=(-800, -1)))
NEW = Held("ký số", b"\x02", certificate("Lò Văn An", key=KEY))
SEAL = Held("con dấu", b"\xab", certificate("Đảng ủy xã Nà Lương", key=KEY))
NAMELESS = Held("", b"", certificate("Bế Thị Hà", key=KEY))
BOTH, ALL = {b"\x01", b"\x02"}, {b"\x01", b"\x02", b"\xab"}


def test_the_only_certificate_with_a_key_is_taken() -> None:
    assert choose("T", [SEAL, NEW], {b"\x02"}, "", now=NOW) is NEW


def test_a_renewed_certificate_is_taken_before_the_one_that_expired() -> None:
    assert choose("T", [OLD, NEW], BOTH, "", now=NOW) is NEW
    assert choose("T", [OLD, NEW], BOTH, "ký số", now=NOW) is NEW
    # By its number the old one is meant, and told to have expired by who signs with it.
    assert choose("T", [OLD, NEW], BOTH, "01", now=NOW) is OLD


@pytest.mark.parametrize(
    "name", ["con dấu", "Đảng ủy xã Nà Lương", "AB", "ab", unicodedata.normalize("NFD", "con dấu ")]
)
def test_a_certificate_is_called_by_label_holder_or_number(name: str) -> None:
    assert choose("T", [OLD, NEW, SEAL], ALL, name, now=NOW) is SEAL


def test_what_bears_no_number_is_found_by_its_label() -> None:
    one = Held("ký số", b"", NEW.certificate)
    assert choose("T", [one, SEAL], {"ký số"}, "", now=NOW) is one
    assert str(NAMELESS) == "? (Bế Thị Hà)"


@pytest.mark.parametrize(
    ("there", "keys", "name", "refused", "told"),
    [
        ([], (), "", errors.TokenWithoutCertificate, {}),
        ([], {b"\x01"}, "", errors.KeyWithoutCertificate, {}),
        ([NEW], {b"\x01"}, "", errors.KeyWithoutCertificate, {}),
        ([NEW, SEAL], (), "", errors.CertificateWithoutKey, {"names": "Lò Văn An; Đảng ủy xã Nà Lương"}),
        (
            [NEW, SEAL], ALL, "", errors.CertificateUnclear,
            {"certificates": "ký số (Lò Văn An, 02); con dấu (Đảng ủy xã Nà Lương, ab)"},
        ),
        (
            [OLD, SEAL], {b"\x01"}, "con dấu", errors.CertificateNotThere,
            {"label": "con dấu", "certificates": "ký số (Lò Văn An, 01)"},
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_chosen_is_told_with_what_is_there(
    there: list[Held], keys: set[bytes | str], name: str, refused: type[errors.TokenError], told: dict[str, str]
) -> None:
    with pytest.raises(refused) as caught:
        choose("T", there, keys, name, now=NOW)
    assert caught.value.fields == {"token": "T", **told}


def test_issuers_on_the_token_follow_by_name_and_end() -> None:
    def lying(name: str, by: str) -> Held:
        return Held(name, b"", certificate(name, key=KEY, issuer=by))

    above, root = lying("CA 2", "CA 1"), lying("CA 1", "CA 1")
    mine = certificate("Lò Văn An", key=KEY, issuer="CA 2")
    assert issuers(mine, [SEAL, root, above]) == [above.certificate, root.certificate]
    assert issuers(NEW.certificate, [SEAL, root, above]) == []
    # Two that name each other are no chain without an end.
    one, other = lying("CA 3", "CA 4"), lying("CA 4", "CA 3")
    assert issuers(certificate("Lò Văn An", key=KEY, issuer="CA 3"), [one, other]) == [
        one.certificate, other.certificate,
    ]  # fmt: skip


def test_a_certificate_with_a_key_that_nobody_reads_is_unfit() -> None:
    curve, unknown = bytes.fromhex("06082a8648ce3d030107"), bytes.fromhex("06082a8648ce3d03017f")
    strange = x509.load_der_x509_certificate(NEW.certificate.public_bytes(Encoding.DER).replace(curve, unknown))
    with pytest.raises(errors.CertificateUnfit) as caught:
        require_fit(strange, now=NOW)
    assert caught.value.fields == {"name": "Lò Văn An", "kind": "?"}
    # Beside one that signs it is passed over.
    there = [Held("ký số", b"\x05", strange), NEW]
    assert choose("T", there, {b"\x02", b"\x05"}, "", now=NOW) is NEW


def test_a_signature_is_of_the_key_of_its_certificate_alone() -> None:
    strong = private("2048")
    assert isinstance(KEY, ec.EllipticCurvePrivateKey)
    assert isinstance(strong, rsa.RSAPrivateKey)
    by_ec, by_rsa = KEY.sign(b"data", ec.ECDSA(SHA256())), strong.sign(b"data", padding.PKCS1v15(), SHA256())
    other = certificate("Lò Văn An", key=strong)
    assert [is_by(NEW.certificate, b"data", by_ec), is_by(other, b"data", by_rsa)] == [True, True]
    assert [is_by(NEW.certificate, b"date", by_ec), is_by(other, b"data", by_ec)] == [False, False]
    assert not is_by(certificate("Lò Văn An", key=private("ed25519")), b"data", by_ec)
