"""Canonical JSON is one row of bytes, as docs/dev/ledger.md writes it."""

from __future__ import annotations

import json
from enum import StrEnum

import pytest

from daihoi.ledger import canonical
from daihoi.ledger.errors import NotCanonicalError


class Colour(StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": [1, True], "a": "Nà Lương"}, '{"a":"Nà Lương","b":[1,true]}'),
        ({}, "{}"),
        ([], "[]"),
        (None, "null"),
        (-7, "-7"),
        (10**30, "1" + "0" * 30),
        (("a", "b"), '["a","b"]'),
        ("/\x7f", '"/\x7f"'),
        ('"\\', '"\\"\\\\"'),
        ("\b\t\n\f\r", '"\\b\\t\\n\\f\\r"'),
        ("\x00\x1f", '"\\u0000\\u001f"'),
        ({"B": 1, "a": 2, "ă": 3, "Z": 4}, '{"B":1,"Z":4,"a":2,"ă":3}'),
        (Colour.RED, '"red"'),
    ],
)
def test_value_has_one_row_of_bytes(value: object, written: str) -> None:
    assert canonical.dumps(value) == written.encode()


def test_text_is_written_in_nfc() -> None:
    assert canonical.dumps({"ê\u0323": "o\u031b\u0323"}) == '{"ệ":"ợ"}'.encode()


def test_line_ends_with_one_line_feed() -> None:
    assert canonical.line({"a": 1}) == b'{"a":1}\n'


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (1.0, "$"),
        ({"a": [1, {"b": 0.5}]}, "$.a[1].b"),
        ({"a": b"bytes"}, "$.a"),
        ({"a": {1}}, "$.a"),
        ({1: "a"}, "$"),
        ({"a": "\ud800"}, "$.a"),
        ({"é": 1, "e\u0301": 2}, "$.é"),
    ],
)
def test_value_that_cannot_stand_is_refused_with_its_path(value: object, path: str) -> None:
    with pytest.raises(NotCanonicalError) as caught:
        canonical.dumps(value)
    assert caught.value.path == path
    assert caught.value.found


def test_key_that_sorts_apart_in_other_alphabets_sorts_by_code_point() -> None:
    keys = ["z", "đ", "Đ", "ơ", "_", "0", "\U0001f600", "\uff01"]
    written = json.loads(canonical.dumps(dict.fromkeys(keys, 0)))
    assert list(written) == sorted(keys)
