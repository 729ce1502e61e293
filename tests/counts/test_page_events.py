"""A page as an event, and back without loss."""

from __future__ import annotations

from dataclasses import replace

from daihoi.counts.page_events import crops_of, event_of, pages_seen
from daihoi.counts.pool import PageResult
from daihoi.counts.taking import Image
from daihoi.counts.terms import Closed, SeenMark, SeenPage
from daihoi.ledger import chain
from daihoi.ledger.chain import Entry
from daihoi.ledger.events import EVENTS, check_facts
from daihoi.reading.terms import DoubtReason, ForeignInk, ReadMark, ReadPage, Refusal, RefusalReason
from daihoi.rules.terms import InvalidGround, Mark
from daihoi.sheet.terms import Rect

LIST = ("c01", "Ứng-viên/2", "c03")
IMAGE = Image(12, "a/x.tif", "images/00012.tif", "a" * 64, 3)
READ = ReadPage(
    page=2,
    turn=3,
    dpi=199.9994,
    marks=(
        ReadMark("Ứng-viên/2", Mark.DOUBTFUL, Mark.STRUCK, (DoubtReason.TWO_ROWS, DoubtReason.FAINT), b"crop"),
        ReadMark("c01", Mark.KEPT, Mark.KEPT),
    ),
    foreign=(ForeignInk(InvalidGround.OUTSIDE_NAME, Rect(10.126, 2.0, 3.5, 0.004), b"ink"),),
)
REFUSED = Refusal(RefusalReason.OTHER_CONTEST, found="bt", expected="bch")


def _ledger(*events: tuple[str, dict[str, object]]) -> list[Entry]:
    taken: dict[str, object] = {
        "file": IMAGE.file, "stored": IMAGE.stored, "sha256": IMAGE.sha256, "bytes": 1, "pages": 3,
    }  # fmt: skip
    entries: list[Entry] = []
    for kind, facts in (*[("image.taken", taken)] * 1, *events):
        at, by = ("2025-06-11T08:00:00+07:00", "An") if EVENTS[kind].human else (None, None)
        entries.append(chain.entry_after(entries[-1] if entries else None, kind, facts, at, by))
    # The twelfth file of a count: eleven others were taken before.
    others = [
        replace(entries[0], facts={**taken, "file": f"{k}.jpg", "stored": f"images/{k:05d}.jpg"}) for k in range(11)
    ]
    return [*others, *entries]


def test_read_page_is_an_event_of_whole_numbers_and_words() -> None:
    kind, facts = event_of(PageResult(READ, "b" * 64), "a/x.tif", 2)

    check_facts(kind, facts)
    assert kind == "page.read"
    assert facts == {
        "file": "a/x.tif",
        "index": 2,
        "page": 2,
        "pixels_sha256": "b" * 64,
        "marks": {"c01": "kept", "Ứng-viên/2": "doubtful"},
        "proposals": {"Ứng-viên/2": "struck"},
        "doubts": {"Ứng-viên/2": ["two_rows", "faint"]},
        "foreign": [{"ground": "OUTSIDE_NAME", "box": [1013, 200, 350, 0]}],
        "turn": 3,
        "dpi_milli": 199999,
    }


def test_refused_page_is_an_event_with_what_was_found_and_expected() -> None:
    kind, facts = event_of(PageResult(REFUSED), "a/x.tif", 0)

    check_facts(kind, facts)
    assert (kind, facts["reason"], facts["found"], facts["expected"]) == ("page.refused", "other_contest", "bt", "bch")
    assert "pixels_sha256" not in facts


def test_read_page_comes_back_from_the_ledger_in_ballot_order() -> None:
    entries = _ledger(event_of(PageResult(READ, "b" * 64), "a/x.tif", 2))

    (page,) = pages_seen(entries, LIST)

    assert isinstance(page, SeenPage)
    assert (page.ref, page.sha256, page.stored, page.page) == ("page:a/x.tif#2", "a" * 64, "images/00012.tif", 2)
    assert page.marks == (
        SeenMark("c01", Mark.KEPT, Mark.KEPT),
        SeenMark("Ứng-viên/2", Mark.DOUBTFUL, Mark.STRUCK, ("two_rows", "faint"), "crops/00012-002-002.png"),
    )
    (ink,) = page.foreign
    assert (ink.proposal, ink.crop) == (InvalidGround.OUTSIDE_NAME, "crops/00012-002-ink1.png")


def test_refused_page_comes_back_from_the_ledger() -> None:
    (page,) = pages_seen(_ledger(event_of(PageResult(REFUSED), "a/x.tif", 0)), LIST)

    assert isinstance(page, SeenPage)
    assert (page.page, page.refusal) == (0, REFUSED)


def test_answers_on_pages_stand_between_the_pages_and_others_do_not() -> None:
    def decided(ballot: str, word: str) -> tuple[str, dict[str, object]]:
        facts = {"ballot": ballot, "candidate": "", "reason": "", "proposal": "", "decision": word}
        return "decision.made", dict(facts)

    seen = pages_seen(
        _ledger(
            event_of(PageResult(REFUSED), "a/x.tif", 0),
            decided("page:a/x.tif#0", "rescanned"),
            decided("b0001", "valid"),
            event_of(PageResult(READ), "a/x.tif", 1),
        ),
        LIST,
    )

    assert [one.ref if isinstance(one, SeenPage) else one for one in seen] == [
        "page:a/x.tif#0",
        Closed("page:a/x.tif#0"),
        "page:a/x.tif#1",
    ]


def test_crops_lie_under_names_that_are_safe_on_every_disk() -> None:
    assert crops_of(READ, IMAGE, 2, LIST) == {
        "crops/00012-002-002.png": b"crop",
        "crops/00012-002-ink1.png": b"ink",
    }
