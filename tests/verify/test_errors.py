"""Every finding and every refusal of the verifier has its sentence, and no sentence is left over."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import daihoi.verify
from daihoi.verify import errors
from daihoi.verify.errors import VerifyError
from daihoi.words.errors.verify import SENTENCES

ROOM = Path(daihoi.verify.__file__).parent
RAISED = {"verify.error", "verify.package_not_opened", "verify.bad_public_key"}


def family(root: type[VerifyError]) -> list[type[VerifyError]]:
    return [root, *(one for child in root.__subclasses__() for one in family(child))]


def codes_in_the_room() -> set[str]:
    found = set()
    for path in ROOM.glob("*.py"):
        found |= set(re.findall(r'"(verify\.[a-z_]+)"', path.read_text(encoding="utf-8")))
    return found


def test_codes_and_sentences_are_the_same() -> None:
    assert codes_in_the_room() == set(SENTENCES)


@pytest.mark.parametrize("code", sorted(set(SENTENCES) - RAISED))
def test_sentence_of_a_finding_asks_for_its_fields_alone(code: str) -> None:
    asked = {name for _, name, _, _ in string.Formatter().parse(SENTENCES[code]) if name}
    # What was typed from paper is about no member.
    assert "member" in asked or code == "verify.digest_typed"
    assert asked <= {"member", "expected", "found"}


@pytest.mark.parametrize("error", family(VerifyError))
def test_error_is_drawn_in_the_tree_and_has_its_fields(error: type[VerifyError]) -> None:
    assert error.__name__ in (errors.__doc__ or "")
    known = {name for one in error.__mro__ for name in getattr(one, "__annotations__", {})}
    asked = {name for _, name, _, _ in string.Formatter().parse(SENTENCES[error.code]) if name}
    assert asked <= known


def test_room_knows_nothing_of_the_engine() -> None:
    allowed = ("from daihoi.verify", "from cryptography")
    for path in ROOM.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        for line in re.findall(r"^(?:from|import) (?:daihoi|cryptography).*", text, re.MULTILINE):
            assert line.startswith(allowed), f"{path.name}: {line}"
            assert "cryptography" not in line or path.name == "signatures.py"
