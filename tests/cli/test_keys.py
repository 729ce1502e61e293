"""`daihoi keys new`: two files, no prompt without a terminal, nothing overwritten."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.cli.terminal import run


def test_keys_new_writes_both_halves_of_one_key(tmp_path: Path) -> None:
    done = run("keys", "new", "--out", tmp_path / "board.pem")
    assert done.code == 0
    private = serialization.load_pem_private_key((tmp_path / "board.pem").read_bytes(), None)
    assert isinstance(private, Ed25519PrivateKey)
    public = serialization.load_pem_public_key((tmp_path / "board.pub.pem").read_bytes())
    assert public == private.public_key()
    assert "board.pub.pem" in done.out


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_keys_new_lets_only_the_owner_read_the_private_half(tmp_path: Path) -> None:
    run("keys", "new", "--out", tmp_path / "board.pem")
    assert stat.S_IMODE((tmp_path / "board.pem").stat().st_mode) == 0o600


@pytest.mark.parametrize("there", ["board.pem", "board.pub.pem"])
def test_keys_new_overwrites_nothing(tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("mine", encoding="utf-8")
    done = run("keys", "new", "--out", tmp_path / "board.pem")
    assert (done.code, done.out) == (1, "")
    assert there in done.err
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {there: "mine"}


def test_keys_new_does_not_prompt_without_a_terminal(tmp_path: Path) -> None:
    done = run("keys", "new", "--out", tmp_path / "board.pem", "--passphrase")
    assert done.code == 1
    assert "DAIHOI_PASSPHRASE" in done.err
    assert list(tmp_path.iterdir()) == []


def test_keys_new_takes_the_passphrase_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAIHOI_PASSPHRASE", "ba con mèo")
    assert run("keys", "new", "--out", tmp_path / "board.pem", "--passphrase").code == 0
    data = (tmp_path / "board.pem").read_bytes()
    assert b"ENCRYPTED" in data
    assert serialization.load_pem_private_key(data, "ba con mèo".encode())


def test_keys_new_without_out_is_wrong_usage() -> None:
    done = run("keys", "new")
    assert done.code == 2
    assert "--out" in done.err


def test_keys_new_makes_the_folder(tmp_path: Path) -> None:
    assert run("keys", "new", "--out", tmp_path / "safe" / "board.pem").code == 0
    assert (tmp_path / "safe" / "board.pub.pem").is_file()
