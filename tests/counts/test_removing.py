"""A batch taken out of the count and scanned again, and answers taken back: logged, verified by other hands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from daihoi.counts import errors
from daihoi.counts.adopting import Answer
from daihoi.counts.facts import minutes_facts
from daihoi.counts.minutes import write_minutes
from daihoi.counts.outputs import write_outputs
from daihoi.counts.sealing import seal
from daihoi.counts.session import Session, open_session
from daihoi.ledger.signatures import new_key
from daihoi.papers.minutes.terms import RemovedLine
from daihoi.reading.terms import RefusalReason
from daihoi.rules.terms import ResultStatus
from daihoi.verify.package import verify_package
from tests.counts.believer import END, HEAD
from tests.counts.stand_in import (
    CONTEST,
    FRAMED,
    NOW,
    STAND_IN,
    ballot,
    election_text,
    events_of,
    framed,
    lines_of,
    refused,
    rows_of,
    run,
    scan,
    write_election,
    write_scans,
)
from tests.counts.test_batches import Table
from tests.counts.test_sealing import PRINTED, _cheap
from tests.counts.test_session import Hall, laid, refused_page, stepped
from tests.counts.test_watching import HereReaders

BY = "Lò Văn An"
KEY, _PUBLIC = new_key()


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    (tmp_path / "scans").mkdir()
    return Hall(tmp_path, write_election(tmp_path, election_text(collected=4)))


@pytest.fixture
def _cheap_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PRINTED, _cheap)


def settled_status(session: Session) -> ResultStatus:
    assert session.settled is not None
    return session.settled.result.status


def ballots_of(hall: Hall) -> list[object]:
    return [line["ballot"] for line in lines_of(hall.out / "ballots.jsonl")]


def is_sound(out: Path) -> bool:
    """Minutes, seal and the recount by other hands."""
    write_minutes(out, now=NOW, by=BY)
    package = out.parent / "package.zip"
    seal(out, key=KEY, passphrase=None, out=package, now=NOW, by=BY)
    report = verify_package(package)
    assert report.findings == ()
    return report.sound


@pytest.mark.usefixtures("_cheap_minutes")
def test_batch_that_was_removed_and_scanned_again_gives_a_sound_package(hall: Hall) -> None:
    for number in (1, 2):
        hall.lay(f"lo 1/{number}.jpg", framed(number))
        hall.lay(f"lo 2/{number}.jpg", framed(10 + number, doubt={"c01": "kept"}))
    with hall.session() as session:
        stepped(session, lambda far: far.settled and far.pages == 4)
        session.adopt([Answer("b0003", "c01", "kept")], by=BY, now=NOW)
        settled = session.remove("lo 2", by=BY, now=NOW, why="Máy  kéo hai tờ")
        assert (settled.ballots, settled.open_rows, session.far.pages) == (2, 0, 2)
        for number in (1, 2):
            hall.lay(f"lo 2 lai/{number}.jpg", framed(10 + number))
        stepped(session, lambda far: far.settled and far.pages == 4)
        assert settled_status(session) is ResultStatus.FINAL

    (removal,) = [entry for entry in events_of(hall.out) if entry.kind == "batch.removed"]
    assert (removal.by, removal.facts["batch"], removal.facts["reason"]) == (BY, "folder:lo 2", "Máy kéo hai tờ")
    assert removal.facts["pages"] == ["lo 2/1.jpg#0", "lo 2/2.jpg#0"]
    # Numbers never change; the scans stay, and so does the answer that was given.
    assert ballots_of(hall) == ["b0001", "b0002", "b0005", "b0006"]
    assert len(list((hall.out / "images").iterdir())) == 6
    assert list(rows_of(hall.out)) == [("b0003", "c01")]
    assert is_sound(hall.out)


def test_minutes_tell_of_removed_batches_and_of_nothing_that_was_asked_in_them(hall: Hall) -> None:
    hall.lay("lo 1/1.jpg", refused_page())
    hall.lay("lo 1/2.jpg", framed(2, doubt={"c01": "kept"}))
    with hall.session() as session:
        stepped(session, lambda far: far.settled and far.pages == 2)
        answers = [Answer("page:lo 1/1.jpg#0", "", "NOT_ISSUED"), Answer("b0002", "c01", "kept")]
        session.adopt(answers, by=BY, now=NOW)
        session.remove("lo 1", by=BY, now=NOW, why="lẫn hai tệp")
        for number in range(4):
            hall.lay(f"lo 2/{number}.jpg", framed(20 + number))
        stepped(session, lambda far: far.settled and far.ballots == 4)
    facts = minutes_facts(hall.out)
    assert (facts.refused, facts.decisions) == ((), ())
    assert facts.removed == (RemovedLine("", "lo 1", 2, "lẫn hai tệp", BY, NOW.isoformat(timespec="seconds")),)


def test_files_that_only_lie_where_they_lay_stay_out(hall: Hall) -> None:
    laid(hall, framed(1), framed(2))
    with hall.session() as session:
        stepped(session, lambda far: far.settled and far.pages == 2)
        session.remove("", by=BY, now=NOW, why="sai khay")
        far = stepped(session)
        assert (far.pages, far.ballots, far.set_aside) == (0, 0, ("1.jpg", "2.jpg"))
    # The next session, and the command, find them lying there.
    with hall.session() as session:
        far = stepped(session, lambda far: far.settled and len(far.set_aside) == 2)
        assert (far.pages, far.ballots, far.set_aside) == (0, 0, ("1.jpg", "2.jpg"))
    with hall.session() as session:
        session.take_all()
        assert session.settle().ballots == 0
        assert session.set_aside == ("1.jpg", "2.jpg")


def test_removal_right_after_opening_keeps_out_what_was_not_looked_at_twice(hall: Hall) -> None:
    laid(hall, framed(1), framed(2))
    with hall.session() as session:
        stepped(session, lambda far: far.settled and far.pages == 2)
    now = [0.0]
    with hall.session(lambda: now[0]) as session:
        # One look, and no time for a second one that would see that the files lie still.
        session.step()
        session.remove("", by=BY, now=NOW, why="sai khay")
        for _ in range(30):
            now[0] += 0.1
            session.step()
        far = session.far
        assert (far.pages, far.ballots, far.set_aside) == (0, 0, ("1.jpg", "2.jpg"))


def test_the_same_files_given_again_are_new(hall: Hall) -> None:
    laid(hall, framed(1), framed(2))
    with hall.session() as session:
        stepped(session, lambda far: far.settled and far.pages == 2)
        session.remove("", by=BY, now=NOW, why="sai khay")
        (hall.scans / "1.jpg").unlink()
        assert stepped(session, lambda far: "1.jpg" not in far.set_aside).set_aside == ("2.jpg",)
        # Under its own name, and under another.
        hall.lay("1.jpg", framed(1))
        hall.lay("again/2.jpg", framed(2))
        stepped(session, lambda far: far.settled and far.pages == 2)
    taken = [entry.facts["file"] for entry in events_of(hall.out) if entry.kind == "image.taken"]
    assert taken == ["1.jpg", "2.jpg", "1.jpg~2", "again/2.jpg"]
    assert lines_of(hall.out / "refused.jsonl") == []
    assert ballots_of(hall) == ["b0003", "b0004"]
    # And known again when they are looked at once more.
    with hall.session() as session:
        far = stepped(session, lambda far: far.settled and bool(far.set_aside))
        assert (far.pages, far.ballots, far.set_aside) == (2, 2, ("2.jpg",))


def test_scan_refused_as_the_second_of_a_removed_one_is_no_first(hall: Hall) -> None:
    hall.lay("a/1.jpg", framed(1))
    with hall.session() as session:
        stepped(session, lambda far: far.pages == 1)
        hall.lay("b/1.jpg", framed(1))
        stepped(session, lambda far: far.settled and far.refused == 1)
        session.remove("a", by=BY, now=NOW, why="thử")
        hall.lay("c/1.jpg", framed(1))
        stepped(session, lambda far: far.settled and far.pages == 2)
        session.remove("b", by=BY, now=NOW, why="thử")
        assert session.settled is not None
        assert (session.settled.ballots, session.settled.open_rows) == (1, 0)


def test_page_like_one_that_was_removed_asks_no_more(hall: Hall) -> None:
    hall.lay("a/1.jpg", HEAD + ballot(1, hand=7) + END)
    hall.lay("a/2.jpg", HEAD + ballot(2, hand=8) + END)
    with hall.session() as session:
        stepped(session, lambda far: far.settled and far.pages == 2)
        # Fed again before anybody removed the first pass; of one the board has said that it is no ballot of its own.
        hall.lay("b/1.jpg", HEAD + ballot(3, hand=7) + END)
        hall.lay("b/2.jpg", HEAD + ballot(4, hand=8) + END)
        stepped(session, lambda far: far.settled and far.pages == 4)
        session.adopt([Answer("page:b/2.jpg#0", "", "not_a_ballot")], by=BY, now=NOW)
        settled = session.remove("a", by=BY, now=NOW, why="quét lại")
        assert (settled.ballots, settled.open_rows) == (1, 0)
        # What was put out by the board stays out, so the paper comes once more and asks nothing.
        hall.lay("c/2.jpg", HEAD + ballot(5, hand=8) + END)
        stepped(session, lambda far: far.settled and far.pages == 3)
        assert session.settled is not None
        assert (session.settled.ballots, session.settled.open_rows) == (2, 0)


@contextmanager
def slip_hall(tmp_path: Path) -> Iterator[tuple[Session, Table, dict[str, bytes]]]:
    """Two batches of two ballots in one folder, each under its slip."""
    table = Table(tmp_path, 4)
    pages: dict[str, bytes] = {}
    for batch, slip in zip("ab", table.slips((2, 2)), strict=True):
        pages |= {f"{batch}0.jpg": HEAD + slip + END}
        pages |= {f"{batch}{place}.jpg": framed(ord(batch) * 10 + place) for place in (1, 2)}
    write_scans(tmp_path / "scans", pages)
    with Hall(tmp_path, table.election).session() as session:
        stepped(session, lambda far: far.settled and far.pages == 6)
        yield session, table, pages


@pytest.mark.usefixtures("_cheap_minutes")
def test_batch_of_a_slip_is_removed_with_it_and_begun_again_by_it(tmp_path: Path) -> None:
    with slip_hall(tmp_path) as (session, _table, pages):
        assert session.settled is not None
        first, second = session.settled.batches
        settled = session.remove(second.slip.key, by=BY, now=NOW, why="thiếu một tờ")
        assert [(one.batch, one.scanned) for one in settled.batches] == [(1, 2)]
        # The same slip and the same two sheets, under other names.
        write_scans(tmp_path / "scans", {f"c{name[1:]}": data for name, data in pages.items() if name[0] == "b"})
        stepped(session, lambda far: far.settled and far.pages == 6)
        assert session.settled is not None
        assert [(one.batch, one.scanned) for one in session.settled.batches] == [(1, 2), (2, 2)]
        assert session.settled.batches[1].slip.file == "c0.jpg"
        assert first.slip == session.settled.batches[0].slip
        assert settled_status(session) is ResultStatus.FINAL
    assert [
        line.split(",")[:4] for line in (tmp_path / "COUNT" / "batches.csv").read_text("utf-8-sig").split()[1:]
    ] == [
        ["1", "2", "2", "2"],
        ["2", "2", "2", "2"],
    ]
    assert is_sound(tmp_path / "COUNT")


@pytest.mark.usefixtures("_cheap_minutes")
def test_pages_after_a_removed_slip_lie_in_no_batch(tmp_path: Path) -> None:
    with slip_hall(tmp_path) as (session, _table, pages):
        assert session.settled is not None
        settled = session.remove(session.settled.batches[1].slip.key, by=BY, now=NOW, why="quét lại không phiếu ngăn")
        write_scans(tmp_path / "scans", {f"c{name[1:]}": pages[name] for name in ("b1.jpg", "b2.jpg")})
        stepped(session, lambda far: far.settled and far.pages == 5)
        assert session.settled is not None
        assert (
            [(one.batch, one.scanned) for one in session.settled.batches]
            == [(1, 2)]
            == [(one.batch, one.scanned) for one in settled.batches]
        )
        assert settled_status(session) is ResultStatus.FINAL
    assert is_sound(tmp_path / "COUNT")


@pytest.mark.usefixtures("_cheap_minutes")
def test_board_s_word_on_a_slip_stays_told_when_the_slip_is_gone(tmp_path: Path) -> None:
    table = Table(tmp_path, 3)
    (slip,) = table.slips((3,))
    pages = {"a0.jpg": slip, "a1.jpg": ballot(1), "a2.jpg": ballot(2)}
    scans = write_scans(tmp_path / "scans", {name: HEAD + data + END for name, data in pages.items()})
    with Hall(tmp_path, table.election).session() as session:
        stepped(session, lambda far: far.settled and far.pages == 3)
        session.adopt([Answer("page:a0.jpg#0", "", "recounted")], by=BY, now=NOW)
        session.remove("", by=BY, now=NOW, why="thiếu một tờ")
        write_scans(scans, {f"b/{k}.jpg": framed(20 + k) for k in range(3)})
        stepped(session, lambda far: far.settled and far.pages == 3)
        assert settled_status(session) is ResultStatus.FINAL
    assert rows_of(tmp_path / "COUNT")["page:a0.jpg#0", ""].decision == "recounted"
    assert is_sound(tmp_path / "COUNT")


def test_front_of_a_removed_batch_takes_no_later_back(tmp_path: Path) -> None:
    text = election_text(candidates=100, seats=97, collected=1)
    election = write_election(tmp_path, text)
    front, back = scan(page=1, salt=1), scan(page=2, salt=2)
    scans = write_scans(tmp_path / "scans", {"1.jpg": HEAD + front + END})
    with Hall(tmp_path, election).session() as session:
        stepped(session, lambda far: far.settled and far.pages == 1)
        settled = session.remove("", by=BY, now=NOW, why="kẹt giấy")
        assert settled.open_rows == 0
        write_scans(scans, {"2.jpg": HEAD + back + END})
        stepped(session, lambda far: far.settled and far.pages == 1)
        asked = session.settled.questions if session.settled else ()
    assert [(one.row.reason, one.scan.file) for one in asked if one.needed] == [("missing_front", "2.jpg")]


def test_removal_waits_for_what_is_being_read(hall: Hall) -> None:
    for number in range(6):
        hall.lay(f"{number}.jpg", framed(number, slow=0.1))
    with open_session(hall.election, CONTEST, scans=hall.scans, out=hall.out, scanner=FRAMED, workers=1) as session:
        stepped(session, lambda far: far.pages == 1)
        assert session.far.unread
        settled = session.remove("", by=BY, now=NOW, why="lẫn phiếu")
        assert (settled.ballots, session.far.pages, session.far.unread) == (0, 0, 0)
    (removal,) = [entry for entry in events_of(hall.out) if entry.kind == "batch.removed"]
    assert len(removal.facts["pages"]) == 6  # type: ignore[arg-type]


def test_removal_takes_first_what_lies_there_whole(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken afterwards, the rest of a batch that was fed wrongly would count."""
    # A pile that comes faster than it is read: so few are taken at once.
    monkeypatch.setattr("daihoi.counts.page_reading.TOO_FEW", 1)
    monkeypatch.setattr("daihoi.counts.page_reading.AHEAD", 1)
    with open_session(hall.election, CONTEST, scans=hall.scans, out=hall.out, scanner=FRAMED, workers=1) as session:
        for number in range(6):
            hall.lay(f"{number}.jpg", framed(number, slow=0.3))
        stepped(session, lambda far: far.unread > 1)
        settled = session.remove("", by=BY, now=NOW, why="lẫn phiếu")
        assert (settled.ballots, len(session.set_aside)) == (0, 6)
        assert stepped(session).ballots == 0


def test_file_written_over_after_a_removal_is_not_told_to_be_left_out(hall: Hall) -> None:
    hall.lay("1.jpg", framed(1))
    hall.lay("lo 2/1.jpg", framed(2))
    with hall.session() as session:
        stepped(session, lambda far: far.settled and far.pages == 2)
        session.remove("", by=BY, now=NOW, why="sai khay")
        # Programs of scanners begin to number anew.
        hall.lay("1.jpg", framed(3))
        stepped(session, lambda far: far.settled and far.pages == 2)
        session.remove("lo 2", by=BY, now=NOW, why="sai khay")
        assert session.set_aside == ("lo 2/1.jpg",)


@pytest.mark.parametrize(
    ("batch", "by", "why", "error"),
    [
        ("", " ", "thử", errors.NameMissing),
        ("", BY, "  ", errors.ReasonMissing),
        ("none", BY, "thử", errors.BatchUnknown),
        ((1, 2, 3), BY, "thử", errors.BatchUnknown),
    ],
)
def test_removal_of_nothing_by_nobody_for_no_reason_is_refused(
    hall: Hall, batch: tuple[int, int, int] | str, by: str, why: str, error: type[Exception]
) -> None:
    laid(hall, framed(1))
    with hall.session() as session:
        stepped(session)
        before = events_of(hall.out)
        with pytest.raises(error):
            session.remove(batch, by=by, now=NOW, why=why)
        assert events_of(hall.out) == before


def test_removal_given_again_after_a_kill_takes_nothing_that_came_since(hall: Hall) -> None:
    hall.lay("lo 1/1.jpg", framed(1))
    with hall.session() as session:
        stepped(session)
        session.remove("lo 1", by=BY, now=NOW, why="sai  khay")
        hall.lay("lo 1/2.jpg", framed(2))
        stepped(session, lambda far: far.settled and far.ballots == 1)
    with hall.session() as session:
        # Before it has looked at anything: whoever adopts does not know how far the last session came.
        assert session.remove("lo 1", by=BY, now=NOW, why="sai khay").ballots == 1
        # At another moment it is another act.
        assert session.remove("lo 1", by=BY, now=NOW + timedelta(minutes=1), why="sai khay").ballots == 0
    assert [entry.kind for entry in events_of(hall.out)].count("batch.removed") == 2


def test_batch_is_removed_once(hall: Hall) -> None:
    laid(hall, framed(1))
    with hall.session() as session:
        stepped(session)
        session.remove("", by=BY, now=NOW, why="thử")
        with pytest.raises(errors.BatchUnknown):
            session.remove("", by=BY, now=NOW, why="lần nữa")


@pytest.mark.usefixtures("_cheap_minutes")
def test_answer_taken_back_leaves_the_row_open(hall: Hall) -> None:
    laid(hall, framed(1, doubt={"c01": "kept"}), framed(2, foreign=["OUTSIDE_NAME"]), framed(3))
    hall.lay("4.jpg", HEAD + refused(RefusalReason.CORNERS_NOT_FOUND) + END)
    answers = [
        Answer("b0001", "c01", "kept"),
        Answer("b0002", "", "OUTSIDE_NAME"),
        Answer("page:4.jpg#0", "", "NOT_ISSUED"),
    ]
    places = [(one.ballot, one.candidate) for one in answers]
    with hall.session() as session:
        stepped(session, lambda far: far.settled and far.pages == 4)
        assert session.adopt(answers, by=BY, now=NOW).settled.open_rows == 0
        settled = session.withdraw([*places, ("b0003", "c01")], by="Vàng A Bình", now=NOW)
        assert settled.open_rows == 3
        assert all(row.decision == "" for row in rows_of(hall.out).values())
        # Again it is nothing to take back.
        assert session.withdraw(places, by=BY, now=NOW).open_rows == 3
        session.adopt([Answer("b0001", "c01", "struck"), *answers[1:]], by=BY, now=NOW)
        assert settled_status(session) is ResultStatus.FINAL
    gone = [entry for entry in events_of(hall.out) if entry.kind == "decision.withdrawn"]
    assert [(entry.facts["ballot"], entry.facts["decision"], entry.by) for entry in gone] == [
        ("b0001", "kept", "Vàng A Bình"),
        ("b0002", "OUTSIDE_NAME", "Vàng A Bình"),
        ("page:4.jpg#0", "NOT_ISSUED", "Vàng A Bình"),
    ]
    assert is_sound(hall.out)


def test_withdrawal_given_again_after_a_kill_leaves_what_was_answered_since(hall: Hall) -> None:
    laid(hall, framed(1, doubt={"c01": "kept"}))
    later = NOW + timedelta(minutes=1)
    with hall.session() as session:
        stepped(session)
        session.adopt([Answer("b0001", "c01", "kept")], by=BY, now=NOW)
        session.withdraw([("b0001", "c01")], by=BY, now=later)
        session.adopt([Answer("b0001", "c01", "struck")], by=BY, now=later)
        session.withdraw([("b0001", "c01")], by=BY, now=later)
        assert rows_of(hall.out)["b0001", "c01"].decision == "struck"
        session.withdraw([("b0001", "c01")], by="Vàng A Bình", now=later)
        assert rows_of(hall.out)["b0001", "c01"].decision == ""


def test_word_taken_back_is_not_typed_anew_by_a_kill(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    laid(hall, framed(1, doubt={"c01": "kept"}), framed(2), framed(3), framed(4))
    with hall.session() as session:
        stepped(session, lambda far: far.settled and far.pages == 4)
        session.adopt([Answer("b0001", "c01", "kept")], by=BY, now=NOW)
        with monkeypatch.context() as patched:
            # Killed after the ledger and before the files.
            patched.setattr(
                "daihoi.counts.session.write_outputs", lambda *_args, **_how: (_ for _ in ()).throw(OSError)
            )
            with pytest.raises(OSError):  # noqa: PT011 -- the kill
                session.withdraw([("b0001", "c01")], by=BY, now=NOW)
    with hall.session() as session:
        stepped(session)
        assert session.settled is not None
        assert session.settled.open_rows == 1
    assert rows_of(hall.out)["b0001", "c01"].decision == ""
    assert write_outputs  # the name that was patched is the one that writes


def test_answer_is_taken_back_by_a_name(hall: Hall) -> None:
    laid(hall, framed(1, doubt={"c01": "kept"}))
    with hall.session() as session:
        stepped(session)
        session.adopt([Answer("b0001", "c01", "kept")], by=BY, now=NOW)
        with pytest.raises(errors.NameMissing):
            session.withdraw([("b0001", "c01")], by="", now=NOW)


def test_count_by_command_goes_on_after_a_removal(tmp_path: Path) -> None:
    election = write_election(tmp_path, election_text(collected=2))
    scans = write_scans(tmp_path / "scans", {"a/1.jpg": ballot(1), "a/2.jpg": ballot(2)})
    run(election, scans, tmp_path / "COUNT")
    with open_session(
        election, CONTEST, scans=scans, out=tmp_path / "COUNT", scanner=STAND_IN, readers=HereReaders
    ) as session:
        session.settle()
        session.remove("a", by=BY, now=NOW, why="thử")
    write_scans(tmp_path / "scans", {"b/1.jpg": ballot(1), "b/2.jpg": ballot(2)})

    counted = run(election, scans, tmp_path / "COUNT")

    assert (counted.result.status, counted.result.valid) == (ResultStatus.FINAL, 2)
