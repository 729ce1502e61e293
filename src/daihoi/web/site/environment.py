"""The settings that the environment gives, each declared once. docs/settings.md carries the table under test.

A wrong value refuses to start with one sentence; nothing is guessed.
"""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import dj_database_url

from daihoi.web.site.errors import SettingError

SECRET_LENGTH = 32
KEPT = 600
"""Seconds for which a thread keeps its connection to the database."""


@dataclass(frozen=True)
class Setting:
    """One variable of the environment: what it is for, what it must look like, what holds without it."""

    name: str
    default: str
    expected: str
    meaning: str
    read: Callable[[str], object]


def _truth(text: str) -> bool:
    return {"1": True, "0": False}[text]


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        # Not all that int() takes: 1_0, +5 and digits of other scripts are slips of a hand.
        value = int(text) if re.fullmatch("[0-9]{1,9}", text) else least - 1
        if not least <= value <= most:
            raise ValueError(text)
        return value

    return read


def _folder(text: str) -> Path:
    path = Path(text).resolve()
    if path.exists() and not path.is_dir():
        raise ValueError(text)
    return path


_HOST = re.compile(r"\*|\.?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?|\[[0-9A-Fa-f:.]+\]")


def _is_host(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        # A port or a path would match no name that a browser asks for, and the house would answer nobody.
        return _HOST.fullmatch(text) is not None
    return True


def _hosts(text: str) -> list[str]:
    hosts = [host.strip() for host in text.split(",") if host.strip()]
    if not all(_is_host(host) for host in hosts):
        raise ValueError(text)
    return hosts


def _database(text: str) -> str:
    if not text:
        return text
    held = dj_database_url.parse(text)
    scheme, _colon, rest = text.partition("://")
    # In memory each thread would have a house of its own, and none of them tomorrow.
    if scheme not in {"sqlite", "postgres", "postgresql"} or not rest or held.get("NAME") in {"", ":memory:", None}:
        raise ValueError(text)
    return text


def _secret(text: str) -> str:
    if text and len(text) < SECRET_LENGTH:
        raise ValueError(text)
    return text


SETTINGS: Mapping[str, Setting] = {
    setting.name: setting
    for setting in (
        Setting(
            "DAIHOI_DATA",
            "daihoi-data",
            "a folder",
            "Where the database, its key, certificates and backups lie.",
            _folder,
        ),
        Setting(
            "DATABASE_URL",
            "",
            "sqlite:///FILE or postgres://USER:PASSWORD@HOST:PORT/NAME",
            "The database; without it SQLite in the data folder.",
            _database,
        ),
        Setting(
            "DAIHOI_SECRET_KEY",
            "",
            "at least 32 characters",
            "Signs sessions; without it a key is made once and kept in the data folder.",
            _secret,
        ),
        Setting(
            "DAIHOI_HOSTS", "", "names by comma", "Names under which the house is reached, beside its own.", _hosts
        ),
        Setting("DAIHOI_TLS", "0", "0 or 1", "1 where browsers reach the house by https alone (set by serve).", _truth),
        Setting(
            "DAIHOI_BEHIND_PROXY",
            "0",
            "0 or 1",
            "1 where a proxy in front says by X-Forwarded-Proto that it was https.",
            _truth,
        ),
        Setting(
            "DAIHOI_SIGN_IN_TRIES", "5", "1 to 100", "Wrong passwords before a name is locked out.", _whole(1, 100)
        ),
        Setting("DAIHOI_LOCKED_MINUTES", "15", "1 to 1440", "How long a name stays locked out.", _whole(1, 1440)),
        Setting(
            "DAIHOI_SESSION_HOURS",
            "12",
            "1 to 720",
            "How long a session lasts after a person opened a page or sent something; pages that ask for themselves, "
            "as screens of the hall, do not prolong it. Up to a twelfth less.",
            _whole(1, 720),
        ),
        Setting("DAIHOI_DEBUG", "0", "0 or 1", "1 shows tracebacks in the browser; for developers.", _truth),
    )
}


def given(name: str) -> object:
    """The value of a setting, read. Raises SettingError."""
    setting = SETTINGS[name]
    text = os.environ.get(name, "").strip() or setting.default
    try:
        return setting.read(text)
    except (ValueError, KeyError, OSError):
        # A secret and a database's password are not repeated on a screen.
        shown = "…" if name in {"DAIHOI_SECRET_KEY", "DATABASE_URL"} else text
        raise SettingError(name=name, found=shown, expected=setting.expected) from None


def data_folder() -> Path:
    """The data folder; it need not be there yet."""
    folder = given("DAIHOI_DATA")
    assert isinstance(folder, Path)  # noqa: S101 -- as declared
    return folder


def secret_key(folder: Path) -> str:
    """The key that signs sessions: given, or made once and kept where only its owner reads it."""
    known = str(given("DAIHOI_SECRET_KEY"))
    if known:
        return known
    path = folder / "secret-key"
    # A key that power or a full disk cut short is made anew: it ends the sessions, nothing else hangs on it.
    if path.is_file() and path.stat().st_size < SECRET_LENGTH:
        path.unlink(missing_ok=True)
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"secret-key.{os.getpid()}")
        fresh.write_text(secrets.token_urlsafe(48), encoding="ascii")
        fresh.chmod(0o600)
        try:
            # Two processes may start at once: the first one's key stays.
            fresh.rename(path) if not path.exists() else fresh.unlink()
        except OSError:
            fresh.unlink(missing_ok=True)
    return path.read_text(encoding="ascii").strip()


def database(folder: Path) -> dict[str, object]:
    """Django's description of the database."""
    url = str(given("DATABASE_URL"))
    if not url:
        folder.mkdir(parents=True, exist_ok=True)
        held: dict[str, object] = {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(folder / "daihoi.sqlite3"),
            # Kept between requests: to open a file, set its pragmas and read its schema took a third of a small answer,
            # and whoever closed the last one brought in the whole log.
            "CONN_MAX_AGE": KEPT,
        }
    else:
        held = dict(dj_database_url.parse(url, conn_max_age=KEPT, conn_health_checks=True))
    if str(held["ENGINE"]).endswith("sqlite3"):
        held["OPTIONS"] = {
            # Every writer takes its turn from the first statement on: no transaction fails half way for a lock.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: what was acknowledged is on the disk, whatever becomes of the power.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000; "
            "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;",
        }
    return held
