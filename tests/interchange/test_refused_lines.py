"""refused.jsonl: a page that was not read, with what was found and expected."""

from __future__ import annotations

import json

import pytest

from daihoi.interchange import refused_lines
from daihoi.interchange.errors import BadLineError
from daihoi.interchange.terms import RefusedLine

PAGE = RefusedLine("tập 1/0001.jpg", 2, "other_contest", "ubkt", "bch")


def test_line_has_the_keys_of_the_contract() -> None:
    expected = {"file": "tập 1/0001.jpg", "index": 2, "reason": "other_contest", "found": "ubkt", "expected": "bch"}
    assert json.loads(refused_lines.dump([PAGE])) == expected


def test_what_is_written_is_read_back() -> None:
    pages = (PAGE, RefusedLine("0002.jpg", 0, "blank_page"))
    assert refused_lines.parse(refused_lines.dump(pages), "f") == pages


def test_no_refused_page_is_an_empty_file() -> None:
    assert refused_lines.dump([]) == b""
    assert refused_lines.parse(b"", "f") == ()


@pytest.mark.parametrize("key", ["file", "index", "reason", "found", "expected"])
def test_missing_key_is_named(key: str) -> None:
    held = json.loads(refused_lines.dump([PAGE]))
    del held[key]
    with pytest.raises(BadLineError) as caught:
        refused_lines.parse(json.dumps(held).encode(), "f")
    assert (caught.value.line, caught.value.field) == (1, key)


def test_unknown_key_is_named() -> None:
    held = json.loads(refused_lines.dump([PAGE])) | {"why": ""}
    with pytest.raises(BadLineError) as caught:
        refused_lines.parse(json.dumps(held).encode(), "f")
    assert caught.value.field == "why"
