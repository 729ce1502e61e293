#!/usr/bin/env python3
"""Collect the sentences of the code into both catalogues and compile them; run through `house.py messages`.

The same code always gives the same bytes: no dates, no line numbers, msgids in order. English repeats its msgid;
a new msgid stands empty in Vietnamese, and tests/words/test_catalogues.py fails until somebody translates it.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "daihoi"
LANGUAGES = ("vi", "en")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "NP_": (1, 2),
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "gettext_noop": None,
}
DECLARES = SOURCE / "web" / "audit" / "events"
MEANING = {"act": 1, "Fact": 1, "text": 0, "number": 0}
"""Where the meaning stands in what declares the acts of the ledger and their facts: the page of the ledger says it."""
# A catalogue's header must carry some date; a real one would make two runs differ.
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)

MsgId = str | tuple[str, str]


@dataclass(frozen=True)
class Domain:
    """One pair of catalogues: its name, where they lie, and which of the sources speak by it."""

    name: str
    locale: Path
    speaks: Callable[[Path], bool]

    def path_of(self, language: str) -> Path:
        """The catalogue's text."""
        return self.locale / language / "LC_MESSAGES" / f"{self.name}.po"


def _in_web(path: Path) -> bool:
    return (SOURCE / "web") in path.parents


WORDS = Domain("daihoi", SOURCE / "words" / "locale", lambda path: not _in_web(path))
# Django finds its catalogues by this name.
WEB = Domain("django", SOURCE / "web" / "locale", _in_web)
DOMAINS = (WORDS, WEB)


def collected(domain: Domain = WORDS) -> list[MsgId]:
    """Every msgid of the sources of a domain, in order."""
    ids: set[MsgId] = set()
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix in {".py", ".html"} and domain.speaks(path) and "migrations" not in path.parts:
            ids |= set(_ids_in(path))
    return sorted(ids, key=lambda msgid: msgid if isinstance(msgid, str) else msgid[0])


def _ids_in(path: Path) -> Iterator[MsgId]:
    text = path.read_text(encoding="utf-8")
    if DECLARES in path.parents:
        yield from _meanings(text)
    if path.suffix == ".html":
        # Django's own way from a template to something that reads as code.
        text = templatize(text, origin=path.name)
    for _line, _function, found, _comments in extract_python(io.BytesIO(text.encode()), KEYWORDS, [], {}):
        # `found` are all arguments of the call; a plural has two msgids.
        ids = tuple(one for one in (found if isinstance(found, tuple) else (found,)) if isinstance(one, str))
        if ids and _function not in {"ngettext", "NP_", "ngettext_lazy"}:
            yield ids[0]
        elif ids:
            yield ids[0], ids[1]


def _meanings(text: str) -> Iterator[str]:
    for call in ast.walk(ast.parse(text)):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.func.id not in MEANING:
            continue
        meaning = call.args[MEANING[call.func.id]]
        if isinstance(meaning, ast.Constant):
            yield str(meaning.value)


def known(domain: Domain, language: str) -> Catalog:
    """The catalogue as it stands; an empty one where there is none."""
    path = domain.path_of(language)
    if not path.is_file():
        return Catalog(locale=language, domain=domain.name)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=domain.name)


def updated(language: str, domain: Domain = WORDS) -> Catalog:
    """The catalogue with the msgids of the code and the translations that it had."""
    old = known(domain, language)
    new = Catalog(
        locale=language, domain=domain.name, project="daihoi", version="1", copyright_holder="Daihoi",
        msgid_bugs_address="see CONTRIBUTING.md", charset="utf-8",
        creation_date=NO_DATE, revision_date=NO_DATE, last_translator="Daihoi", language_team=language, fuzzy=False,
        header_comment="# Daihoi: collected by tools/house.py messages.",
    )  # fmt: skip
    for msgid in collected(domain):
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
    """Write all catalogues and say what Vietnamese still lacks."""
    for domain, language in product(DOMAINS, LANGUAGES):
        catalogue = updated(language, domain)
        path = domain.path_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text_of(catalogue))
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        empty = [message.id for message in catalogue if message.id and not any(message.string)]
        sys.stderr.write(f"{domain.name} {language}: {len(catalogue)} sentences, {len(empty)} without translation\n")


if __name__ == "__main__":
    main()
