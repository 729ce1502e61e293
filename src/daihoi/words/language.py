"""Which language speaks, and how a msgid becomes a sentence. English msgids; catalogues vi and en, both complete."""

from __future__ import annotations

import gettext
import locale
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

DOMAIN = "daihoi"
LOCALE_DIR = Path(__file__).parent / "locale"
LANGUAGES = ("vi", "en")
ON_WINDOWS = os.name == "nt"


def language_of_environment() -> str:
    """`vi` unless the locale asks for English: DAIHOI_LANG, LANGUAGE, LC_ALL, LC_MESSAGES, LANG, on Windows its own."""
    for name in ("DAIHOI_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "en" if value.lower().startswith("en") else "vi"
    if not ON_WINDOWS:
        # Here Python calls a process without any locale "en_US", which nobody asked for.
        return "vi"
    # Windows sets none of these variables and names locales in words ("English_United States").
    system = locale.getlocale()[0] or ""
    return "en" if system.lower().startswith("en") else "vi"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE_DIR, languages=[language], fallback=True)


class _Spoken:
    """The language of this process; set once by the command line."""

    language = ""


def speak(language: str) -> None:
    """Set the language of this process, one of LANGUAGES, for our sentences and for libraries that ask gettext."""
    _Spoken.language = language
    # click asks gettext's process-wide domain, which reads the language from LANGUAGE each time it is asked.
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, str(LOCALE_DIR))
    gettext.textdomain(DOMAIN)


_HERE: ContextVar[str] = ContextVar("language of one piece of work", default="")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak one of LANGUAGES for one piece of work, as for a request: a server answers people of both languages."""
    before = _HERE.set(language)
    try:
        yield
    finally:
        _HERE.reset(before)


def spoken() -> str:
    """The language of this piece of work, else of this process."""
    return _HERE.get() or _Spoken.language or language_of_environment()


def _(msgid: str) -> str:
    """The sentence for an English msgid, in the language that is spoken now."""
    return _catalogue(spoken()).gettext(msgid)


def in_language(language: str, msgid: str) -> str:
    """The sentence in a named language: official papers are Vietnamese whatever the screen speaks."""
    return _catalogue(language).gettext(msgid)


def N_(msgid: str) -> str:  # noqa: N802 -- gettext's own name for "collect, translate later"
    """Mark a msgid for the catalogue without translating it here."""
    return msgid


def NP_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 -- the plural sister of N_
    """Mark a msgid with a plural for the catalogue."""
    return one, many
