"""Whole lists by command: organisations, then their people, for a house that begins with a country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils import translation

from daihoi.web.lists.imports.bulk import load
from daihoi.web.lists.imports.plan import Importer, State
from daihoi.web.members.imports import PeopleImport
from daihoi.web.organisations.imports import OrganisationImport
from daihoi.web.organisations.models import Organisation
from daihoi.web.site.errors import ListRefusedError

BY = "import"
"""As the ledger names who did it: the command, on the machine itself."""


def organisations() -> Importer:
    """The tree, all of it."""
    return OrganisationImport(by=BY, owner=BY, editable=Organisation.objects.all(), whole=True)


def members() -> Importer:
    """People of every organisation."""
    return PeopleImport(by=BY, owner=BY, editable=Organisation.objects.all(), personnel=lambda _path: True)


LISTS: dict[str, Callable[[], Importer]] = {"organisations": organisations, "members": members}


def load_file(what: str, file: Path, tell: Callable[[int], None], language: str) -> Counter[State]:
    """Write a file into a list of `LISTS`, all of it or nothing; `tell` hears how many rows are done.

    Raises ListRefusedError with a sentence for each fault in this language, and OSError for a file that cannot be read.
    """
    with translation.override(language):
        try:
            return load(file.read_bytes(), file.name, LISTS[what](), tell)
        except ValidationError as refused:
            raise ListRefusedError(faults="\n".join(refused.messages)) from None
