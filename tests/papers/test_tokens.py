"""Keys on tokens: found, opened by PIN, signing on the device; whatever is wrong with one is told by one refusal."""

from __future__ import annotations

import asyncio
import zlib
from pathlib import Path

import pkcs11
import pytest

from daihoi.papers.signed import errors
from daihoi.papers.signed.held import is_by
from daihoi.papers.signed.keys import SigningKey
from daihoi.papers.signed.tokens import find_token, telling, token_key
from tests.papers.signing_keys import NOW
from tests.papers.soft_tokens import PIN, SoftTokens


@pytest.fixture
def tokens(tmp_path: Path) -> SoftTokens:
    """Nothing is plugged in yet."""
    return SoftTokens(tmp_path / "softhsm")


def signed_by(key: SigningKey, data: bytes = b"data") -> bytes:
    """What the device signs, past the PDF."""
    return asyncio.run(key.signer().async_sign_raw(data, "sha256"))


def test_what_is_no_module_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        find_token(tmp_path / "khong-co.so")
    text = tmp_path / "module.so"
    text.write_text("no program at all")
    # A library of this system that speaks no PKCS#11: the compiled half of Python's own.
    for one in (text, tmp_path, Path(getattr(zlib, "__file__", text))):
        with pytest.raises(errors.ModuleUnusable) as caught:
            find_token(one)
        assert caught.value.fields["file"] == str(one)
        assert str(one) not in caught.value.fields["reason"]


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        (pkcs11.PinIncorrect(), errors.PinWrong),
        (pkcs11.PinLenRange(), errors.PinWrong),
        (pkcs11.PinLocked(), errors.PinLocked),
        (pkcs11.DeviceRemoved(), errors.TokenGone),
        (pkcs11.SessionHandleInvalid(), errors.TokenGone),
        (pkcs11.GeneralError(), errors.TokenRefused),
        (pkcs11.PKCS11Error("Found more than one private key."), errors.TokenRefused),
    ],
)
def test_what_a_module_says_is_told(said: pkcs11.PKCS11Error, refused: type[errors.TokenError]) -> None:
    with pytest.raises(refused) as caught, telling("Ban kiểm phiếu"):
        raise said
    fields = dict(caught.value.fields)
    assert fields.pop("token") == "Ban kiểm phiếu"
    assert fields == ({"reason": str(said) or "GeneralError"} if refused is errors.TokenRefused else {})


def test_a_key_of_rsa_that_asks_for_the_pin_again_signs(tokens: SoftTokens) -> None:
    held = tokens.plug("T").put("T", "Lò Văn An", kind="2048", asks_again=True)
    with token_key(find_token(tokens.module), PIN, now=NOW) as key:
        assert [is_by(held, b"data", signed_by(key)), is_by(held, b"more", signed_by(key, b"more"))] == [True, True]


def test_a_token_is_found_by_label_or_number_among_several(tokens: SoftTokens) -> None:
    with pytest.raises(errors.NoToken):
        find_token(tokens.module)
    tokens.plug("Ban kiểm phiếu").plug("Đoàn Chủ tịch")
    mine = find_token(tokens.module, "Đoàn Chủ tịch")
    assert find_token(tokens.module, mine.serial).label == "Đoàn Chủ tịch"
    for label, refused in (("", errors.TokenUnclear), ("Ban", errors.TokenNotThere)):
        with pytest.raises(refused) as caught:
            find_token(tokens.module, label)
        assert sorted(one.split(" (")[0] for one in caught.value.fields["tokens"].split("; ")) == [
            "Ban kiểm phiếu", "Đoàn Chủ tịch",
        ]  # fmt: skip


def test_a_token_tells_what_is_wrong_with_it(tokens: SoftTokens) -> None:
    token = find_token(tokens.plug("T").module)
    assert (token.mistyped, token.on_last_try) == (False, False)

    def refused(pin: str = PIN, name: str = "") -> type[BaseException]:
        with pytest.raises(errors.SigningError) as caught, token_key(token, pin, certificate=name, now=NOW):
            pass
        assert caught.value.fields.get("token", "T") == "T"
        return caught.type

    assert refused("9999") is errors.PinWrong
    assert find_token(tokens.module).mistyped
    assert refused() is errors.TokenWithoutCertificate
    assert not find_token(tokens.module).mistyped
    tokens.put("T", "Lò Văn An", held="certificate", label="cũ", number=b"\x02", days=(-800, -1))
    assert refused() is errors.CertificateWithoutKey
    tokens.put("T", "Lò Văn An", held="key", label="mới", number=b"\x03")
    assert refused() is errors.KeyWithoutCertificate
    tokens.put("T", "Lò Văn An", held="key", label="cũ", number=b"\x02")
    assert [refused(), refused(name="mới")] == [errors.CertificateNotValid, errors.CertificateNotThere]


def test_a_key_that_is_not_of_its_certificate_signs_nothing(tokens: SoftTokens) -> None:
    tokens.plug("T").put("T", "Lò Văn An", another=True)
    with token_key(find_token(tokens.module), PIN, now=NOW) as key, pytest.raises(errors.KeyOfAnother):
        signed_by(key)


def test_a_token_that_is_pulled_out_is_told(tokens: SoftTokens) -> None:
    tokens.plug("T").put("T", "Lò Văn An")
    token = find_token(tokens.module)
    with token_key(token, PIN, now=NOW) as key:
        tokens.pull()
        with pytest.raises(errors.TokenGone):
            signed_by(key)
    # What the module says of it now is not for us to guess.
    with pytest.raises(errors.TokenError), token_key(token, PIN, now=NOW):
        pass
