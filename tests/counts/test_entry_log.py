"""The entry log: every sheet, what was read on it, and every act about it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from daihoi.counts.adopting import Answer
from daihoi.counts.entry_log import HEADER, entry_lines, entry_log, table
from daihoi.interchange import decisions
from daihoi.rules.terms import InvalidGround, Mark, Standing
from tests.counts.stand_in import NOW, election_text, framed, write_election
from tests.counts.test_session import AN, BINH, Hall, refused_page, stepped

CANDIDATES = ("c01", "c02", "c03", "c04")


def hall_of(tmp_path: Path) -> Hall:
    (tmp_path / "scans").mkdir()
    return Hall(tmp_path, write_election(tmp_path, election_text(collected=5)))


def test_log_tells_what_was_read_keyed_decided_taken_back_and_removed(tmp_path: Path) -> None:
    hall = hall_of(tmp_path)
    later = NOW + timedelta(minutes=1)
    hall.lay("1.jpg", framed(1, doubt={"c01": "struck"}))
    hall.lay("2.jpg", refused_page())
    hall.lay("3.jpg", framed(3, foreign=["OUTSIDE_NAME"]))
    hall.lay("4.jpg", framed(4))
    hall.lay("lo 9/1.jpg", framed(9))
    keyed = decisions.keyed(dict.fromkeys(CANDIDATES, Mark.KEPT) | {"c02": Mark.STRUCK})
    with hall.session() as session:
        stepped(session, lambda far: far.settled and far.pages == 5)
        session.adopt([Answer("b0001", "c01", "struck"), Answer("page:2.jpg#0", "", keyed)], by=AN, now=NOW)
        session.withdraw([("b0001", "c01")], by=BINH, now=later)
        session.adopt([Answer("b0001", "c01", "kept"), Answer("b0003", "", "OUTSIDE_NAME")], by=BINH, now=later)
        settled = session.remove("lo 9", by=AN, now=later, why="sai khay")
        lines = entry_lines(settled.folder, settled.derived)

    assert [(one.ballot, one.became, one.standing) for one in lines] == [
        ("b0001", "ballot", Standing.VALID),
        ("b0002", "ballot", Standing.VALID),
        ("b0003", "ballot", Standing.INVALID),
        ("b0004", "ballot", Standing.VALID),
        ("b0005", "removed", None),
    ]
    doubted, typed, signed, plain, gone = lines
    assert (doubted.read["c01"].mark, doubted.read["c01"].proposal, doubted.marks["c01"]) == (
        Mark.DOUBTFUL,
        Mark.STRUCK,
        Mark.KEPT,
    )
    assert [(act.kind, act.candidate, act.word, act.by) for act in doubted.acts] == [
        ("decision.made", "c01", "struck", AN),
        ("decision.withdrawn", "c01", "struck", BINH),
        ("decision.made", "c01", "kept", BINH),
    ]
    assert (typed.refusals[0].reason, typed.acts[0].word, typed.votes) == (
        "corners_not_found",
        keyed,
        ("c01", "c03", "c04"),
    )
    assert signed.grounds == (InvalidGround.OUTSIDE_NAME,)
    assert plain.acts == ()
    assert [(act.kind, act.word, act.by) for act in gone.acts] == [("batch.removed", "sai khay", AN)]
    # The same from the folder alone.
    assert entry_log(hall.out) == lines


def test_table_has_a_row_a_sheet_and_a_column_a_candidate(tmp_path: Path) -> None:
    hall = hall_of(tmp_path)
    hall.lay("lo 1/1.jpg", framed(1, doubt={"c01": "struck"}))
    with hall.session() as session:
        stepped(session, lambda far: far.settled and far.pages == 1)
        session.adopt([Answer("b0001", "c01", "kept")], by=AN, now=NOW)
    header, row = table(entry_log(hall.out), CANDIDATES)
    assert header == (*HEADER, *CANDIDATES)
    assert dict(zip(header, row, strict=True)) == {
        "ballot": "b0001",
        "batch": "lo 1",
        "sheet": "1",
        "scans": "lo 1/1.jpg#0",
        "became": "ballot",
        "standing": "valid",
        "grounds": "",
        "refusal": "",
        "acts": f"decision.made c01 kept ({AN}, {NOW.isoformat(timespec='seconds')})",
        "c01": "kept [struck]",
        "c02": "kept",
        "c03": "kept",
        "c04": "struck",
    }
