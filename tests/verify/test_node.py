"""Data of unknown shape: each step says where it stands, nothing is taken for what it is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from daihoi.ledger import canonical as engine
from daihoi.verify.errors import MalformedError
from daihoi.verify.node import Node, canonical, parse_file, parse_json, parse_lines, parse_loose

HELD = {"a": [1, {"b": "x"}], "t": True, "d": "0" * 64, "n": None}


def node() -> Node:
    return parse_json(canonical(HELD), "record.json")


def test_steps_carry_their_path() -> None:
    assert node()["a"].list()[1]["b"].path == "$.a[1].b"
    assert node()["a"].list()[1]["b"].text() == "x"


@pytest.mark.parametrize(
    ("step", "path"),
    [
        (lambda top: top["x"], "$.x"),
        (lambda top: top["a"]["x"], "$.a"),
        (lambda top: top["t"].list(), "$.t"),
        (lambda top: top["a"].text(), "$.a"),
        (lambda top: top["t"].whole(), "$.t"),
        (lambda top: top["a"].list()[0].truth(), "$.a[0]"),
        (lambda top: top["n"].sha256(), "$.n"),
        (lambda top: list(top["n"].items()), "$.n"),
        (lambda top: top["n"].get("x", 1), "$.n.x"),
    ],
)
def test_wrong_shape_is_malformed_at_its_path(step: Callable[[Node], object], path: str) -> None:
    if path == "$.n.x":
        path = "$.n"
    with pytest.raises(MalformedError) as caught:
        step(node())
    assert (caught.value.member, caught.value.path) == ("record.json", path)


@pytest.mark.parametrize("digest", ["0" * 63, "0" * 65, "G" * 64, "A" * 64, 0])
def test_digest_is_64_lower_case_digits(digest: object) -> None:
    with pytest.raises(MalformedError):
        Node(digest, "m").sha256()


@pytest.mark.parametrize("value", [-1, True, "1", 1.0])
def test_whole_number_is_one_from_nought(value: object) -> None:
    with pytest.raises(MalformedError):
        Node(value, "m").whole()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff",
        b"1.0",
        b"1e3",
        b"NaN",
        b"Infinity",
        b"-0",
        b"01",
        b" 1",
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b'"\\u0041"',
        b'"\\/"',
        '"e\u0301"'.encode(),
        b"1" * 16,
        b"[" * 100_000,
        b'"\\ud800"',
    ],
)
def test_what_is_not_canonical_is_malformed(data: bytes) -> None:
    with pytest.raises(MalformedError):
        parse_json(data, "m")


@pytest.mark.parametrize("value", [{}, [], "đ\u007f/\u2028", {"b": [True, None, -7], "a": '\n\x01"'}, 10**14])
def test_both_canonical_writers_write_alike(value: object) -> None:
    assert canonical(value) == engine.dumps(value)
    assert parse_json(canonical(value), "m").value == value


def test_file_ends_with_one_line_feed() -> None:
    assert parse_file(b'{"a":1}\n', "m").value == {"a": 1}
    for data in (b'{"a":1}', b'{"a":1}\n\n', b'{"a":1}\r\n', b""):
        with pytest.raises(MalformedError):
            parse_file(data, "m")


def test_lines_are_counted_from_one() -> None:
    assert [line.path for line in parse_lines(b"1\n2\n", "m")] == ["line 1", "line 2"]
    assert parse_lines(b"", "m") == []
    for data in (b"1\n2", b"1\n\n2\n", b"1\r\n"):
        with pytest.raises(MalformedError):
            parse_lines(data, "m")


def test_loose_file_may_be_laid_out_and_hold_fractions() -> None:
    assert parse_loose(b'{ "a": [ 1.5 ] }', "sheet.json")["a"].list()[0].value == 1.5
    for data in (b"{", b"\xff", b"NaN", b"[" * 100_000, b'{"a":1,"a":2}'):
        with pytest.raises(MalformedError):
            parse_loose(data, "sheet.json")


def test_long_values_are_cut_in_the_error() -> None:
    with pytest.raises(MalformedError) as caught:
        Node("x" * 500, "m").list()
    assert len(caught.value.found) == 100
