"""`daihoi minutes --sign`: a second person signs behind the first, and what cannot sign leaves one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from daihoi.papers.signed.signing import signatures_in
from tests.cli.hall import Hall
from tests.cli.terminal import run
from tests.papers.signing_keys import PASSPHRASE, key_file, today


def written(folder: Path, name: str, days: tuple[int, int], **how: object) -> Path:
    path = folder / f"{name}.p12"
    path.write_bytes(key_file(name, days=days, **how))  # type: ignore[arg-type]
    return path


def test_two_sign_one_after_the_other(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAIHOI_PASSPHRASE", PASSPHRASE)
    head, chair = written(hall.folder, "Nguyễn Thị Vân", today()), written(hall.folder, "Bế Xuân Trường", today())
    first = run("minutes", hall.count, "--sign", head)
    assert (first.code, first.out.splitlines()[-1].endswith(", signed by Nguyễn Thị Vân")) == (0, True)
    second = run("minutes", hall.count, "--sign", chair, "--place", "presidium")
    assert (second.code, second.out.splitlines()[-1].endswith("Nguyễn Thị Vân, Bế Xuân Trường")) == (0, True)
    signed = (hall.count / "bien-ban-kiem-phieu-da-ky.pdf").read_bytes()
    assert [one.place for one in signatures_in(signed)] == ["board", "presidium"]
    third = run("minutes", hall.count, "--sign", written(hall.folder, "Lò Văn An", today()))
    assert (third.code, third.err.count("Nguyễn Thị Vân signed at this place already")) == (1, 1)
    assert (hall.count / "bien-ban-kiem-phieu-da-ky.pdf").read_bytes() == signed


def test_a_key_that_cannot_sign_leaves_one_sentence(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAIHOI_PASSPHRASE", "một mật khẩu khác")
    locked, late = (
        written(hall.folder, "Lò Văn An", today()),
        written(hall.folder, "Bế Thị Hà", today(9, -1), passphrase=""),
    )
    for key, said in (
        (locked, "The passphrase does not open"),
        (late, "The certificate of Bế Thị Hà is valid from"),
        (hall.key, "is no key in PKCS#12"),
        (hall.folder / "none.p12", "does not exist"),
    ):
        done = run("minutes", hall.count, "--sign", key)
        assert (done.code, len(done.err.splitlines())) == (1, 1 + done.err.count("Warning: "))
        assert said in done.err
    assert not (hall.count / "bien-ban-kiem-phieu-da-ky.pdf").exists()
