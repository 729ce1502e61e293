"""`daihoi minutes --pkcs11`: a key on a token signs beside one in a file, and what is wrong leaves one sentence."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import pytest

from daihoi.cli.boundary import NoTerminalForPinError
from daihoi.cli.minutes import asked_pin
from daihoi.papers.signed.signing import signatures_in
from tests.cli.hall import Hall
from tests.cli.terminal import Done, run
from tests.papers.signing_keys import PASSPHRASE, key_file, today
from tests.papers.soft_tokens import PIN, SoftTokens

SIGNED = "bien-ban-kiem-phieu-da-ky.pdf"


class Typing:
    """Somebody at a terminal who types this when asked, and what they were asked."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.typed, self.asked = PIN, [""]
        patch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        patch.setattr(click.termui, "hidden_prompt_func", self._type)

    def _type(self, prompt: str) -> str:
        self.asked.append(prompt)
        return self.typed


def sentence(done: Done) -> str:
    """The only one, behind warnings of the minutes."""
    said = [line for line in done.err.splitlines() if line and not line.startswith("Warning: ")]
    assert (done.code, len(said)) == (1, 1), done
    return said[0]


def test_a_token_and_a_key_in_a_file_sign_one_after_the_other(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens, typing = SoftTokens(hall.folder / "softhsm").plug("Ban kiểm phiếu"), Typing(monkeypatch)
    monkeypatch.setenv("DAIHOI_PASSPHRASE", PASSPHRASE)
    tokens.put("Ban kiểm phiếu", "Nguyễn Thị Vân", days=today(), number=b"\x01")
    order = ("minutes", hall.count, "--pkcs11", tokens.module)
    typing.typed = "sai-8472"
    assert sentence(run(*order)).startswith("The token Ban kiểm phiếu does not take this PIN. Nothing was signed.")
    assert typing.asked[1:] == ["PIN of the token Ban kiểm phiếu: "]
    assert not (hall.count / SIGNED).exists()
    typing.typed = PIN
    first = run(*order)
    assert (first.code, first.out.splitlines()[-1].endswith(", signed by Nguyễn Thị Vân")) == (0, True)
    assert "Careful: the PIN of the token Ban kiểm phiếu was mistyped last time" in first.err
    chair = hall.folder / "chair.p12"
    chair.write_bytes(key_file("Bế Xuân Trường", days=today()))
    second = run("minutes", hall.count, "--sign", chair, "--place", "presidium")
    assert (second.code, second.out.splitlines()[-1].endswith("Nguyễn Thị Vân, Bế Xuân Trường")) == (0, True)
    signed = (hall.count / SIGNED).read_bytes()
    assert [one.place for one in signatures_in(signed)] == ["board", "presidium"]
    # The PIN is told to nobody and written nowhere.
    said = first.out + first.err + "".join(typing.asked)
    kept = b"".join(path.read_bytes() for path in hall.count.rglob("*") if path.is_file())
    assert (PIN in said, PIN.encode() in kept) == (False, False)


def test_a_module_that_is_none_leaves_one_sentence(hall: Hall) -> None:
    assert "is no PKCS#11 module" in sentence(run("minutes", hall.count, "--pkcs11", hall.election))


def test_tokens_without_their_extra_leave_the_way_to_get_it(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pkcs11", None)
    monkeypatch.delitem(sys.modules, "daihoi.papers.signed.tokens", raising=False)
    said = sentence(run("minutes", hall.count, "--pkcs11", "module.so"))
    assert "pip install 'daihoi[pkcs11]'" in said


@pytest.mark.parametrize(
    "words", [("--token", "T"), ("--certificate", "ký số"), ("--sign", "khoa.p12", "--pkcs11", "module.so")]
)
def test_options_that_do_not_go_together_are_refused_before_anything(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert run("minutes", tmp_path, *words).code == 2


def test_a_pin_is_asked_for_at_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAIHOI_PASSPHRASE", PIN)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    with pytest.raises(NoTerminalForPinError):
        asked_pin("Ban kiểm phiếu")
