"""Papers signed by key: what was printed stays, each signature holds and is seen, and what cannot sign is refused."""

from __future__ import annotations

import asyncio
import io
import logging
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from string import Formatter

import pypdfium2
import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from daihoi.papers.minutes.description import describe
from daihoi.papers.official.blocks import Description
from daihoi.papers.official.pdf_writer import Gap, pdf, signing_gap
from daihoi.papers.signed import errors, signing
from daihoi.papers.signed.keys import LARGEST_BYTES, SigningKey, open_key
from daihoi.papers.signed.mark import mark
from daihoi.papers.signed.signing import FIELDS, Place, sign, signatures_in
from daihoi.papers.signed.tokens import find_token, token_key
from daihoi.words.errors.signed import SENTENCES
from tests.papers.minutes_facts import facts
from tests.papers.minutes_reading import pdf_text
from tests.papers.signing_keys import NOW, PASSPHRASE, certificate, key_file, private
from tests.papers.soft_tokens import PIN, SoftTokens


@pytest.fixture(scope="module")
def paper() -> Description:
    """Minutes of six names."""
    return describe(facts(6, 4))


@pytest.fixture(scope="module")
def printed(paper: Description) -> bytes:
    return pdf(paper)


@pytest.fixture(scope="module")
def gap(paper: Description) -> Gap:
    return signing_gap(paper)


def opened(name: str, organisation: str = "", kind: str = "ec") -> SigningKey:
    return open_key(key_file(name, organisation, kind=kind), PASSPHRASE, now=NOW)


HEAD = ("Nguyễn Thị Hồng Vân", "Ban Kiểm phiếu Đại hội đại biểu Đảng bộ huyện Nà Lương lần thứ XXVI")


def states(paper: bytes) -> list[tuple[bool, bool, str]]:
    """Of each signature: whether its bytes are as they were signed, whether it is whole, what came after it."""
    found = []
    for one in PdfFileReader(io.BytesIO(paper)).embedded_signatures:
        trusted = ValidationContext(trust_roots=[one.signer_cert], allow_fetching=False, moment=NOW)
        told = validate_pdf_signature(one, trusted)
        found.append((told.intact, told.valid, told.modification_level.name))
    return found


@pytest.fixture(scope="module")
def signed_once(paper: Description, printed: bytes, gap: Gap) -> bytes:
    return sign(printed, opened(*HEAD), Place.BOARD, gap=gap, profile=paper.profile, now=NOW)


@pytest.fixture(scope="module")
def signed_twice(paper: Description, signed_once: bytes, gap: Gap) -> bytes:
    chair = opened("Bế Xuân Trường", kind="2048")
    return sign(signed_once, chair, Place.PRESIDIUM, gap=gap, profile=paper.profile, now=NOW + timedelta(minutes=4))


def test_a_signature_changes_no_byte_of_what_was_printed(printed: bytes, signed_once: bytes) -> None:
    assert signed_once.startswith(printed)
    assert states(signed_once) == [(True, True, "NONE")]


def test_a_second_signature_leaves_the_first_as_it_was(signed_once: bytes, signed_twice: bytes) -> None:
    assert signed_twice.startswith(signed_once)
    # All that came after the first is a form that was filled in, which no reader calls a change.
    assert states(signed_twice) == [(True, True, "FORM_FILLING"), (True, True, "NONE")]


def test_a_key_on_a_token_signs_behind_a_key_in_a_file(
    paper: Description, signed_once: bytes, gap: Gap, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    tokens = SoftTokens(tmp_path / "softhsm").plug("Đoàn Chủ tịch")
    tokens.put("Đoàn Chủ tịch", "Bế Xuân Trường")
    with token_key(find_token(tokens.module), PIN, now=NOW) as key:
        twice = sign(signed_once, key, Place.PRESIDIUM, gap=gap, profile=paper.profile, now=NOW)
    assert twice.startswith(signed_once)
    assert states(twice) == [(True, True, "FORM_FILLING"), (True, True, "NONE")]
    assert [one.name for one in signatures_in(twice)] == [HEAD[0], "Bế Xuân Trường"]
    assert PIN not in caplog.text


def test_signatures_tell_where_whose_and_when(signed_twice: bytes) -> None:
    told = [(one.place, one.name, one.at) for one in signatures_in(signed_twice)]
    assert told == [("board", HEAD[0], NOW), ("presidium", "Bế Xuân Trường", NOW + timedelta(minutes=4))]


def test_a_changed_byte_of_the_minutes_breaks_the_signature(signed_once: bytes, printed: bytes) -> None:
    changed = bytearray(signed_once)
    changed[len(printed) // 2] ^= 1
    assert not states(bytes(changed))[0][0]


def test_signatures_stand_between_post_and_name(signed_twice: bytes, gap: Gap) -> None:
    page = pypdfium2.PdfDocument(signed_twice)[gap.page]
    text = page.get_textpage()

    def edges(words: str) -> tuple[float, float, float, float]:
        place = text.search(words).get_next()
        assert place is not None, words
        boxes = [text.get_charbox(place[0] + at) for at in range(place[1])]
        return tuple(side([box[at] for box in boxes]) for at, side in enumerate((min, min, max, max)))  # type: ignore[return-value]

    post, name, other = edges("TRƯỞNG BAN"), edges("Nguyễn Thị Hồng Vân"), edges("Bế Xuân Trường")
    fields = PdfFileReader(io.BytesIO(signed_twice)).root["/AcroForm"]["/Fields"]
    boxes = {str(one["/T"]): [float(edge) for edge in one["/Rect"]] for one in (each.get_object() for each in fields)}
    left, bottom, right, top = boxes[FIELDS[Place.BOARD]]
    assert name[3] < bottom < top < post[1]
    assert left < name[0] < name[2] < right
    left, bottom, right, _top = boxes[FIELDS[Place.PRESIDIUM]]
    assert other[3] < bottom
    assert left < (other[0] + other[2]) / 2 < right


def test_the_mark_says_who_for_whom_and_when() -> None:
    key = opened(*HEAD)
    said = " ".join(pdf_text(mark(key, NOW.astimezone())).split())
    assert said.startswith(f"Ký bởi: {HEAD[0]} Cơ quan: {HEAD[1]} Thời gian ký: 17/06/2025 ")
    at = datetime(2025, 6, 17, 16, 5, 7, tzinfo=UTC)
    assert "17/06/2025 16:05:07 +00:00" in pdf_text(mark(key, at))


def test_a_place_is_signed_once_and_by_one_person_once(paper: Description, signed_once: bytes, gap: Gap) -> None:
    with pytest.raises(errors.PlaceSigned) as caught:
        sign(signed_once, opened("Lò Văn An"), Place.BOARD, gap=gap, profile=paper.profile, now=NOW)
    assert caught.value.fields == {"name": HEAD[0]}
    held = key_file(*HEAD)
    once = sign(pdf(paper), open_key(held, PASSPHRASE, now=NOW), Place.BOARD, gap=gap, profile=paper.profile, now=NOW)
    again = open_key(held, PASSPHRASE, now=NOW)
    with pytest.raises(errors.SignedAlready):
        sign(once, again, Place.PRESIDIUM, gap=gap, profile=paper.profile, now=NOW)


def test_what_is_no_pdf_is_not_signed(paper: Description, gap: Gap) -> None:
    with pytest.raises(errors.NotOurPdf):
        sign(b"%PDF-1.7 no paper", opened("Lò Văn An"), Place.BOARD, gap=gap, profile=paper.profile, now=NOW)


def test_who_has_a_loop_running_signs_too(paper: Description, printed: bytes, gap: Gap) -> None:
    async def asked() -> bytes:
        return sign(printed, opened(*HEAD), Place.BOARD, gap=gap, profile=paper.profile, now=NOW)

    assert states(asyncio.run(asked())) == [(True, True, "NONE")]


def test_a_key_without_passphrase_opens_without_one(paper: Description, printed: bytes, gap: Gap) -> None:
    key = open_key(key_file("Lò Văn An", passphrase=""), "", now=NOW)
    made = sign(printed, key, Place.BOARD, gap=gap, profile=paper.profile, now=NOW)
    assert states(made) == [(True, True, "NONE")]


EC = private()
LONE_KEY = pkcs12.serialize_key_and_certificates(None, EC, None, None, BestAvailableEncryption(PASSPHRASE.encode()))
LONE_CERTIFICATE = pkcs12.serialize_key_and_certificates(
    None, None, certificate("Lò Văn An", key=EC), None, BestAvailableEncryption(PASSPHRASE.encode())
)


@pytest.mark.parametrize(
    ("data", "passphrase", "refused"),
    [
        (b"", PASSPHRASE, errors.NotAKeyFile),
        (b"%PDF-1.7", PASSPHRASE, errors.NotAKeyFile),
        (b"0" * (LARGEST_BYTES + 1), PASSPHRASE, errors.NotAKeyFile),
        (key_file("Lò Văn An")[:-40], PASSPHRASE, errors.NotAKeyFile),
        (key_file("Lò Văn An"), "một mật khẩu khác", errors.KeyNotOpened),
        (key_file("Lò Văn An"), "", errors.KeyNotOpened),
        (LONE_KEY, PASSPHRASE, errors.KeyIncomplete),
        (LONE_CERTIFICATE, PASSPHRASE, errors.KeyIncomplete),
        (key_file("Lò Văn An", days=(-400, -1)), PASSPHRASE, errors.CertificateNotValid),
        (key_file("Lò Văn An", days=(1, 400)), PASSPHRASE, errors.CertificateNotValid),
        (key_file("Lò Văn An", signs=False), PASSPHRASE, errors.CertificateUnfit),
        (key_file("Lò Văn An", kind="1024"), PASSPHRASE, errors.CertificateUnfit),
        (key_file("Lò Văn An", kind="ed25519"), PASSPHRASE, errors.CertificateUnfit),
    ],
)
def test_what_cannot_sign_is_refused(data: bytes, passphrase: str, refused: type[errors.SigningError]) -> None:
    with pytest.raises(refused) as caught:
        open_key(data, passphrase, now=NOW, file="khoa.p12")
    wanted = {name for _text, name, _form, _how in Formatter().parse(SENTENCES[refused.code]) if name}
    assert wanted <= set(caught.value.fields)


def test_a_passphrase_is_taken_in_either_form_of_its_letters() -> None:
    assert open_key(key_file("Lò Văn An"), unicodedata.normalize("NFD", PASSPHRASE), now=NOW).name == "Lò Văn An"


def test_a_paper_that_nobody_signs_has_no_gap(paper: Description) -> None:
    with pytest.raises(LookupError):
        signing_gap(replace(paper, blocks=paper.blocks[:2]))


def test_every_refusal_has_a_sentence() -> None:
    refusals = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.SigningError)]
    assert {one.code for one in refusals} - {errors.SigningError.code, errors.TokenError.code} == set(SENTENCES)
    assert signing.FIELDS.keys() == set(Place)
