"""What tests ask of a catalogue: its messages, and the places in a sentence."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from daihoi.words.language import DOMAIN, LOCALE_DIR

PERCENT = re.compile(r"%\((\w+)\)[sd]")


def po_path(language: str) -> Path:
    return LOCALE_DIR / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def catalogue(language: str) -> Catalog:
    with po_path(language).open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def placeholders(sentence: str) -> set[str]:
    """The names in braces and in %(...)s; a sentence that is no valid template has none to compare and fails."""
    return {name for _text, name, _spec, _turn in Formatter().parse(sentence) if name is not None} | set(
        PERCENT.findall(sentence)
    )
