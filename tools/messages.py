#!/usr/bin/env python3
"""Collect the sentences of the code into both catalogues and compile them; run through `house.py messages`.

The same code always gives the same bytes: no dates, no line numbers, msgids in order. English repeats its msgid;
a new msgid stands empty in Vietnamese, and tests/words/test_catalogues.py fails until somebody translates it.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "daihoi"
LOCALE = SOURCE / "words" / "locale"
LANGUAGES = ("vi", "en")
KEYWORDS = {**DEFAULT_KEYWORDS, "NP_": (1, 2)}
# A catalogue's header must carry some date; a real one would make two runs differ.
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)

MsgId = str | tuple[str, str]


def collected() -> list[MsgId]:
    """Every msgid of the code, in order."""
    found = extract_from_dir(SOURCE, method_map=[("**.py", "python")], keywords=KEYWORDS)
    ids = {tuple(ids) if isinstance(ids, (tuple, list)) else ids for _file, _line, ids, _comments, _context in found}
    return sorted(ids, key=lambda msgid: msgid if isinstance(msgid, str) else msgid[0])


def path_of(language: str) -> Path:
    """The catalogue's text."""
    return LOCALE / language / "LC_MESSAGES" / "daihoi.po"


def known(language: str) -> Catalog:
    """The catalogue as it stands; an empty one where there is none."""
    path = path_of(language)
    if not path.is_file():
        return Catalog(locale=language, domain="daihoi")
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="daihoi")


def updated(language: str) -> Catalog:
    """The catalogue with the msgids of the code and the translations that it had."""
    old = known(language)
    new = Catalog(
        locale=language, domain="daihoi", project="daihoi", version="1", copyright_holder="Daihoi",
        msgid_bugs_address="see CONTRIBUTING.md", charset="utf-8",
        creation_date=NO_DATE, revision_date=NO_DATE, last_translator="Daihoi", language_team=language, fuzzy=False,
        header_comment="# Daihoi: collected by tools/house.py messages.",
    )  # fmt: skip
    for msgid in collected():
        message = old.get(msgid)
        new.add(msgid, string=translation(language, msgid, message.string if message else ""))
    return new


def translation(language: str, msgid: MsgId, had: object) -> object:
    """English is its own msgid; Vietnamese keeps what it had."""
    if language == "en":
        return msgid
    if isinstance(msgid, tuple):
        # Vietnamese has one form for every number.
        return had if isinstance(had, tuple) else (had or "",)
    return had


def text_of(catalogue: Catalog) -> bytes:
    """The .po file's bytes."""
    target = io.BytesIO()
    write_po(target, catalogue, width=110, no_location=True, sort_output=True, include_previous=False)
    return target.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """The .mo file's bytes."""
    target = io.BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


def main() -> None:
    """Write both catalogues and say what Vietnamese still lacks."""
    for language in LANGUAGES:
        catalogue = updated(language)
        path = path_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text_of(catalogue))
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        empty = [message.id for message in catalogue if message.id and not any(message.string)]
        sys.stderr.write(f"{language}: {len(catalogue)} sentences, {len(empty)} without translation\n")


if __name__ == "__main__":
    main()
