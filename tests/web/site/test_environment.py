"""Settings of the environment: a wrong value of any of them refuses to start with one sentence, and is not guessed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from daihoi.web.site.environment import SETTINGS, data_folder, given, secret_key
from daihoi.web.site.errors import SettingError
from daihoi.words.errors import sentence

HIDDEN = {"DATABASE_URL", "DAIHOI_SECRET_KEY"}
WRONG: dict[str, tuple[str, ...]] = {
    "DAIHOI_DATA": (__file__,),
    "DATABASE_URL": (
        "mysql://u:p@h/n", "house.sqlite3", "postgres://", "postgres://u@h/", "postgres://h:port/n", "postgres//h/n",
        "postgres://u:p@h:99999/n", "sqlite:", "sqlite:///", "sqlite://:memory:",
    ),
    "DAIHOI_SECRET_KEY": ("short", "x" * 31),
    "DAIHOI_HOSTS": ("https://dang.example", "dang.example:8443", "two names", "a,,b/c", "đ@ng", "[dang.example]"),
    "DAIHOI_TLS": ("yes", "true", "2", "-1"),
    "DAIHOI_BEHIND_PROXY": ("on", "01"),
    "DAIHOI_SIGN_IN_TRIES": ("0", "101", "-5", "5.0", "five", "1_0", "٥", "1e1"),
    "DAIHOI_LOCKED_MINUTES": ("0", "1441", "", "15m"),
    "DAIHOI_SESSION_HOURS": ("0", "721", "12h"),
    "DAIHOI_DEBUG": ("True", "no"),
}  # fmt: skip
RIGHT: dict[str, tuple[str, ...]] = {
    "DAIHOI_DATA": ("/tmp/no-house-here-yet",),
    "DATABASE_URL": ("postgres://u:p@h:5432/n", "postgresql://%2Frun%2Fpg/n", "sqlite:////srv/house.sqlite3"),
    "DAIHOI_SECRET_KEY": ("x" * 32,),
    "DAIHOI_HOSTS": ("dang.example", ".example, *", "192.168.1.7,fe80::1,[::1]", "may-chu_1."),
    "DAIHOI_TLS": ("0", "1", " 1 "),
    "DAIHOI_BEHIND_PROXY": ("0", "1"),
    "DAIHOI_SIGN_IN_TRIES": ("1", "100"),
    "DAIHOI_LOCKED_MINUTES": ("1", "1440"),
    "DAIHOI_SESSION_HOURS": ("1", "720"),
    "DAIHOI_DEBUG": ("0", "1"),
}


def test_every_setting_is_tried_with_values_that_cannot_be_and_that_can() -> None:
    assert set(WRONG) == set(RIGHT) == set(SETTINGS)


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG.items() for value in values if value]
)
def test_a_wrong_value_is_refused_in_one_sentence(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingError) as refused:
        given(name)
    said = sentence(refused.value)
    assert name in said
    assert SETTINGS[name].expected in said
    assert (f"is {value};" in said) is (name not in HIDDEN)
    assert "\n" not in said


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in RIGHT.items() for value in values])
def test_a_right_value_is_taken(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    given(name)


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_what_is_set_to_nothing_holds_its_default(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(name, raising=False)
    held = given(name)
    monkeypatch.setenv(name, "  ")
    assert given(name) == held


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_the_house_does_not_start_with_a_wrong_value(name: str, tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key not in SETTINGS}
    environment |= {"DAIHOI_LANG": "en", "DAIHOI_DATA": str(tmp_path / "data"), name: WRONG[name][0]}
    command = [sys.executable, "-c", "from daihoi.cli.main import run; run()", "ledger", "verify"]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert name in done.stderr
    assert not list(tmp_path.rglob("*.sqlite3"))


def test_a_key_that_was_cut_short_is_made_anew_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DAIHOI_SECRET_KEY", raising=False)
    monkeypatch.setenv("DAIHOI_DATA", str(tmp_path))
    (tmp_path / "secret-key").write_text("", encoding="ascii")
    made = secret_key(data_folder())
    assert len(made) >= 32
    assert secret_key(data_folder()) == made
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
