"""Codes of separator slips: what was written is read back, and nothing else is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daihoi.sheet.identity import decode as ballot_code
from daihoi.sheet.slip import MOST_BALLOTS, MOST_BATCHES, SLIP, Slip, decode, encode, slip_key

KEY = slip_key(b"\x07" * 32)
ONE = Slip("ABCDEF", "BCH", 1, 4, 7, 50)

SLIPS = st.builds(
    lambda batch, more, ballots, round_, rehearsal: Slip(
        "ABC234", "B-C.2", round_, batch, min(MOST_BATCHES, batch + more), ballots, rehearsal
    ),
    st.integers(1, MOST_BATCHES),
    st.integers(0, 50),
    st.integers(1, MOST_BALLOTS),
    st.integers(1, 99),
    st.booleans(),
)


@given(SLIPS)
def test_slip_is_read_back_as_it_was_written(slip: Slip) -> None:
    assert decode(encode(slip, KEY), KEY) == slip


@given(SLIPS)
def test_text_keeps_to_the_alphanumeric_alphabet_of_qr(slip: Slip) -> None:
    assert re.fullmatch(r"[0-9A-Z $%*+\-./:]+", encode(slip, KEY))


@given(SLIPS, st.binary(min_size=32, max_size=32))
def test_slip_of_another_secret_is_none(slip: Slip, secret: bytes) -> None:
    other = slip_key(secret)
    assert (decode(encode(slip, other), KEY) is None) == (other != KEY)


@given(st.text(max_size=80))
def test_any_other_text_is_none(text: str) -> None:
    assert decode(text, KEY) is None
    assert decode(SLIP + text, KEY) is None


@given(SLIPS, st.data())
def test_one_changed_letter_makes_it_none(slip: Slip, data: st.DataObject) -> None:
    text = encode(slip, KEY)
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ:/.-"))
    changed = text[:place] + letter + text[place + 1 :]
    assert (decode(changed, KEY) is None) == (changed != text)


@pytest.mark.parametrize(
    "changed",
    [
        Slip("ABCDEF", "BCH", 1, 8, 7, 50),
        Slip("ABCDEF", "BCH", 1, 0, 7, 50),
        Slip("ABCDEF", "BCH", 1, 1, 1000, 50),
        Slip("ABCDEF", "BCH", 1, 4, 7, 0),
        Slip("ABCDEF", "BCH", 1, 4, 7, 10_000),
        Slip("ABCDEF", "BCH", 0, 4, 7, 50),
        Slip("abcdef", "BCH", 1, 4, 7, 50),
    ],
)
def test_figures_out_of_range_are_none_even_with_the_right_key(changed: Slip) -> None:
    assert decode(encode(changed, KEY), KEY) is None


def test_slip_is_no_ballot_and_its_key_is_not_the_ballots() -> None:
    assert ballot_code(encode(ONE, KEY)) is None
    assert slip_key(b"\x07" * 32) != b"\x07" * 32
    assert slip_key(b"\x07" * 32) != slip_key(b"\x08" * 32)
