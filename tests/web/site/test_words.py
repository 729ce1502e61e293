"""No page speaks the other language: no sentence of one catalogue stands on a page of the other."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from daihoi.web import site
from daihoi.web.accounts import services
from daihoi.web.accounts.choices import Role
from daihoi.web.accounts.models import User
from tests.web.conftest import Tree, person, signed_in
from tests.web.site.test_gates import addresses

CATALOGUE = Path(site.__file__).parents[1] / "locale" / "vi" / "LC_MESSAGES" / "django.po"
SAID = {"placeholder", "aria-label", "title", "alt", "data-confirm"}
# A screen of the hall speaks its own language, whoever opened it.
PAPERS = {"roll", "hall_screen"}
"""Pages that are papers: Vietnamese whatever the screen speaks."""


class Words(HTMLParser):
    """Texts of a page, and what its attributes say; what is marked as of another language is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag in {"script", "style"} or ("lang" in held and tag != "html"):
            self.silent = self.silent or tag
        for name in SAID & held.keys():
            self.keep(held[name] or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.silent:
            self.silent = ""

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.keep(data)

    def keep(self, text: str) -> None:
        self.found.add(" ".join(text.split()).rstrip(":."))


def sentences() -> dict[str, str]:
    """Msgids and their translations, without those that are the same or hold a place for a value."""
    with CATALOGUE.open("rb") as file:
        ids = [(one.id, one.string) for one in read_po(file, locale="vi") if isinstance(one.id, str)]
    return {
        said.rstrip(":."): told.rstrip(":.")
        for said, told in ids
        if said and told and said != told and "%(" not in said
    }


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_page_speaks_the_other_language(language: str, tree: Tree) -> None:
    user = person("ha", "Trần Thị Hà", language)
    for role in (Role.ADMINISTRATOR, Role.ORGANISATION_COMMISSION, Role.CREDENTIALS):
        services.grant(user=user, role=role, by="test")
    known = sentences()
    here, there = (known.values(), known.keys()) if language == "vi" else (known.keys(), known.values())
    foreign = set(there) - set(here)
    client, wrong, pages = signed_in(user), [], 0
    for name, address in sorted(addresses(tree.na_luong).items()):
        if name in PAPERS:
            continue
        answer = client.get(address)
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        words = Words()
        words.feed(answer.content.decode())
        pages += 1
        wrong += [(name, text) for text in sorted(words.found & foreign)]
        # One of the addresses changes the language.
        User.objects.filter(pk=user.pk).update(language=language)
    assert wrong == []
    assert pages > 20
