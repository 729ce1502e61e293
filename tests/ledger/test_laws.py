"""Laws of the ledger: one value one row of bytes; no byte of a chain can change unseen."""

from __future__ import annotations

import json
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from daihoi.ledger import canonical, chain
from daihoi.ledger.chain import Entry, entry_after

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
KEYS = TEXT.map(lambda key: unicodedata.normalize("NFC", key))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda held: st.lists(held, max_size=4) | st.dictionaries(KEYS, held, max_size=4),
    max_leaves=12,
)


@st.composite
def ledgers(draw: st.DrawFn) -> list[Entry]:
    """A count opened, then images and decisions with any text."""
    zeros = "0" * 64
    entries = [
        entry_after(
            None,
            "count.opened",
            {
                "contest": draw(TEXT),
                "rehearsal": draw(st.booleans()),
                "election_sha256": zeros,
                "sheet_sha256": zeros,
                "software": "daihoi",
            },
        )
    ]
    for text, number in draw(st.lists(st.tuples(TEXT, st.integers(0, 10**9)), max_size=5)):
        if number % 2:
            facts = {"file": text, "stored": "images/1", "sha256": zeros, "bytes": number, "pages": 1}
            entries.append(entry_after(entries[-1], "image.taken", facts))
        else:
            said = {"ballot": text, "candidate": "", "reason": "", "proposal": "", "decision": "valid"}
            entries.append(entry_after(entries[-1], "decision.made", said, "2025-05-20T16:40:00+07:00", "A"))
    return entries


@given(VALUES)
def test_canonical_json_read_and_written_again_is_the_same(value: object) -> None:
    written = canonical.dumps(value)
    assert canonical.dumps(json.loads(written)) == written


@given(VALUES)
def test_canonical_json_has_no_line_end_and_is_nfc(value: object) -> None:
    written = canonical.dumps(value)
    assert b"\n" not in written
    assert b"\r" not in written
    assert unicodedata.is_normalized("NFC", written.decode())


@given(st.dictionaries(st.text("abcxyz", max_size=4), st.integers(), max_size=6), st.randoms())
def test_order_of_keys_does_not_matter(value: dict[str, int], random: object) -> None:
    keys = list(value)
    random.shuffle(keys)  # type: ignore[attr-defined]
    assert canonical.dumps({key: value[key] for key in keys}) == canonical.dumps(value)


@given(TEXT)
def test_composed_and_decomposed_text_are_one(text: str) -> None:
    assert canonical.dumps(unicodedata.normalize("NFD", text)) == canonical.dumps(unicodedata.normalize("NFC", text))


@given(ledgers())
def test_ledger_is_read_as_it_was_written_and_sound(entries: list[Entry]) -> None:
    parsed = chain.parse(chain.dump(entries))
    assert parsed.entries == tuple(entries)
    assert (parsed.torn, parsed.broken) == (0, ())
    assert chain.check(parsed.entries) == ()


@given(ledgers(), st.data())
@settings(max_examples=200)
def test_any_changed_byte_is_seen(entries: list[Entry], data: st.DataObject) -> None:
    written = bytearray(chain.dump(entries))
    place = data.draw(st.integers(0, len(written) - 1))
    written[place] ^= data.draw(st.integers(1, 255))
    parsed = chain.parse(bytes(written))
    assert parsed.torn or parsed.broken or chain.check(parsed.entries)


@given(ledgers(), st.data())
def test_ledger_cut_anywhere_goes_on_from_its_last_whole_line(entries: list[Entry], data: st.DataObject) -> None:
    written = chain.dump(entries)
    cut = data.draw(st.integers(0, len(written)))
    parsed = chain.parse(written[:cut])
    whole = written[: cut - parsed.torn]
    assert whole == chain.dump(parsed.entries)
    assert written.startswith(whole)
    assert chain.check(parsed.entries) == ()


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_an_error(data: bytes) -> None:
    parsed = chain.parse(data)
    assert parsed.torn <= len(data)
    assert parsed.entries == ()


@given(ledgers(), st.data())
def test_ledger_with_two_entries_exchanged_is_seen(entries: list[Entry], data: st.DataObject) -> None:
    left = data.draw(st.integers(0, len(entries) - 1))
    right = data.draw(st.integers(0, len(entries) - 1))
    bent = list(entries)
    bent[left], bent[right] = bent[right], bent[left]
    assert bool(chain.check(bent)) == (left != right)
