"""The form secret: made once, never twice, never half."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from daihoi.interchange import form_secret
from daihoi.interchange.errors import SecretFileError
from daihoi.interchange.form_secret import read_or_make_secret, read_secret, secret_path


def test_secret_lies_beside_the_election_file_under_its_stem(tmp_path: Path) -> None:
    assert secret_path(tmp_path / "huyen.toml") == tmp_path / "huyen.form-secret"
    assert secret_path(Path("a.b.toml")) == Path("a.b.form-secret")


def test_reading_makes_nothing(tmp_path: Path) -> None:
    assert read_secret(tmp_path / "e.toml") is None
    assert list(tmp_path.iterdir()) == []


def test_secret_is_made_once_and_stays(tmp_path: Path) -> None:
    made = read_or_make_secret(tmp_path / "e.toml")
    assert len(made) == 32
    assert read_or_make_secret(tmp_path / "e.toml") == made
    assert read_secret(tmp_path / "e.toml") == made
    assert [path.name for path in tmp_path.iterdir()] == ["e.form-secret"]


def test_two_elections_have_two_secrets(tmp_path: Path) -> None:
    assert read_or_make_secret(tmp_path / "a.toml") != read_or_make_secret(tmp_path / "b.toml")


def test_secret_is_written_as_hexadecimal_digits(tmp_path: Path) -> None:
    made = read_or_make_secret(tmp_path / "e.toml")
    assert (tmp_path / "e.form-secret").read_bytes() == made.hex().encode() + b"\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere")
def test_secret_is_for_its_owner_alone(tmp_path: Path) -> None:
    read_or_make_secret(tmp_path / "e.toml")
    assert stat.S_IMODE((tmp_path / "e.form-secret").stat().st_mode) == 0o600


@pytest.mark.parametrize("data", [b"A" * 64, b" " + b"0f" * 32 + b"\r\n", b"\n" + b"0F" * 32])
def test_secret_may_have_blanks_around_it(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "e.form-secret").write_bytes(data)
    assert read_secret(tmp_path / "e.toml") == bytes.fromhex(data.strip().decode())


@pytest.mark.parametrize("data", [b"", b"0" * 63, b"0" * 65, b"g" * 64, b"\xff" * 32, b"0" * 32 + b" " + b"0" * 31])
def test_what_is_no_secret_is_refused_and_never_replaced(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "e.form-secret").write_bytes(data)
    for ask in (read_secret, read_or_make_secret):
        with pytest.raises(SecretFileError) as caught:
            ask(tmp_path / "e.toml")
        assert caught.value.file == "e.form-secret"
    assert (tmp_path / "e.form-secret").read_bytes() == data


def test_many_at_once_end_with_one_secret(tmp_path: Path) -> None:
    begin = threading.Barrier(8)
    made: list[bytes] = []

    def make() -> None:
        begin.wait()
        made.append(read_or_make_secret(tmp_path / "e.toml"))

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    assert len(set(made)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["e.form-secret"]


def test_disk_without_hard_links_is_served_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError("no hard links on FAT")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    made = read_or_make_secret(tmp_path / "e.toml")
    assert read_or_make_secret(tmp_path / "e.toml") == made
    assert [path.name for path in tmp_path.iterdir()] == ["e.form-secret"]


def test_length_is_that_of_the_key_of_the_codes() -> None:
    assert form_secret.LENGTH == 32
