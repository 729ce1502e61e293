"""Both catalogues: complete, not fuzzy, fresh, and with the places of the English sentence."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Message

from tests.catalogues import catalogue, placeholders, po_path

LANGUAGES = ("vi", "en")


def house_messages() -> ModuleType:
    """tools/messages.py as a module: it is a program of the house, not part of the package."""
    path = Path(__file__).parents[2] / "tools" / "messages.py"
    spec = importlib.util.spec_from_file_location("house_messages", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["house_messages"] = module
    spec.loader.exec_module(module)
    return module


def messages(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def texts(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_has_every_sentence_of_the_code(language: str) -> None:
    house = house_messages()
    assert {message.id for message in messages(language)} == set(house.collected())


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_is_complete(language: str) -> None:
    assert [message.id for message in messages(language) if not all(texts(message))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_has_nothing_fuzzy(language: str) -> None:
    assert [message.id for message in messages(language) if message.fuzzy] == []


def test_vietnamese_keeps_the_places_of_the_english_sentence() -> None:
    wrong = []
    for message in messages("vi"):
        # A plural sentence may leave out the number that its singular names.
        allowed = message.id if isinstance(message.id, tuple) else (message.id,)
        places = [placeholders(one) for one in allowed]
        wrong += [message.id for text in texts(message) if text and placeholders(text) not in places]
    assert wrong == []


def test_vietnamese_is_not_left_in_english() -> None:
    spoken = [
        message for message in messages("vi") if re.search(r"[a-zA-Z]{3}.* ", re.sub(r"{.*?}", "", str(message.id)))
    ]
    assert len(spoken) > 300
    assert [message.id for message in spoken if texts(message) == [message.id]] == []


def test_a_digest_has_one_name_in_vietnamese() -> None:
    """Who compares a screen with a paper must find the same word on both; "mã băm" is the hash of a ledger's entry."""
    house = house_messages()
    wrong = []
    for message in [one for domain in house.DOMAINS for one in house.known(domain, "vi") if one.id]:
        said, asked = " ".join(texts(message)).lower(), str(message.id).lower()
        wrong += [asked for other in ("mã kiểm chứng", "mã đối chiếu", "mã xác minh") if other in said]
        wrong += [asked] * ("mã băm" in said and "hash" not in asked)
        # "{digest}" is a place in a sentence and "--digest" an option: neither is the word.
        wrong += [asked] * (re.search(r"(?<![{-])\bdigest\b", asked) is not None and "mã kiểm tra" not in said)
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_and_compiled_catalogue_are_what_the_tool_writes(language: str) -> None:
    house = house_messages()
    fresh = house.updated(language)
    assert po_path(language).read_bytes().decode("utf-8") == house.text_of(fresh).decode("utf-8")
    assert po_path(language).with_suffix(".mo").read_bytes() == house.compiled(fresh)
