"""A count that another program works on step by step: nothing waited for, nothing lost, the ledger of `count`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from daihoi.counts import errors
from daihoi.counts.adopting import Answer
from daihoi.counts.count import count
from daihoi.counts.deciding import decide
from daihoi.counts.lock import only_process
from daihoi.counts.pool import LocalReaders, Readers, Work
from daihoi.counts.session import Far, Session, open_session
from daihoi.interchange import decisions, review_file
from daihoi.interchange.errors import BadDecisionError, ConflictingDecisionsError
from daihoi.interchange.terms import ReviewRow
from daihoi.reading.terms import RefusalReason
from daihoi.rules.terms import Mark, ResultStatus
from tests.counts.believer import END, HEAD
from tests.counts.stand_in import (
    CONTEST,
    FRAMED,
    NOW,
    ballot,
    election_text,
    events_of,
    framed,
    lines_of,
    outputs_of,
    scan,
    write_election,
)
from tests.counts.test_watching import HereReaders

AN, BINH = "Lò Văn An", "Vàng A Bình"


@dataclass
class Hall:
    """An election, a folder of scans, a count that is held again and again."""

    root: Path
    election: Path

    @property
    def scans(self) -> Path:
        return self.root / "scans"

    @property
    def out(self) -> Path:
        return self.root / "COUNT"

    def lay(self, name: str, data: bytes) -> None:
        """A scan arrives."""
        (self.scans / name).parent.mkdir(parents=True, exist_ok=True)
        (self.scans / name).write_bytes(data)

    @contextmanager
    def session(self, clock: Callable[[], float] = time.monotonic) -> Iterator[Session]:
        with open_session(
            self.election, CONTEST, scans=self.scans, out=self.out, scanner=FRAMED, readers=HereReaders, clock=clock
        ) as session:
            yield session


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    (tmp_path / "scans").mkdir()
    return Hall(tmp_path, write_election(tmp_path, election_text(collected=3)))


def stepped(session: Session, until: Callable[[Far], bool] = lambda far: far.settled) -> Far:
    """Steps until this holds, a minute at most: reading processes take their time on a machine that has much to do."""
    end = time.monotonic() + 60
    while not until(far := session.step()):
        assert time.monotonic() < end, far
        session.wait(0.02)
    return far


def laid(hall: Hall, *pages: bytes) -> None:
    for number, page in enumerate(pages, 1):
        hall.lay(f"{number}.jpg", page)


def refused_page(reason: RefusalReason = RefusalReason.CORNERS_NOT_FOUND) -> bytes:
    return HEAD + scan(refuse=reason.value) + END


def test_session_writes_the_bytes_of_a_count(hall: Hall) -> None:
    laid(hall, framed(1), framed(2, doubt={"c01": "kept"}), refused_page())

    with hall.session() as session:
        far = stepped(session, lambda far: far.settled and far.pages == 3)

    assert (far.unread, far.doubtful, far.refused, far.ballots) == (0, 1, 1, 2)
    count(hall.election, CONTEST, scans=hall.scans, out=hall.root / "plain", workers=1, scanner=FRAMED)
    assert outputs_of(hall.out) == outputs_of(hall.root / "plain")


def test_step_waits_for_no_page(hall: Hall) -> None:
    for number in range(20):
        hall.lay(f"{number}.jpg", framed(number, slow=0.3))
    began = time.monotonic()
    with open_session(hall.election, CONTEST, scans=hall.scans, out=hall.out, workers=1, scanner=FRAMED) as session:
        while time.monotonic() - began < 2:
            before = time.monotonic()
            session.step()
            # A page alone takes longer, and there are many.
            assert time.monotonic() - before < 0.25
            time.sleep(0.02)
        unread = session.far.unread
    assert 0 < unread < 20


def test_no_page_is_read_by_the_program_that_asks(hall: Hall) -> None:
    held: list[LocalReaders] = []

    def readers(work: Callable[[], Work]) -> Readers:
        held.append(LocalReaders(work, 1, here=False))
        return held[0]

    laid(hall, framed(1))
    with open_session(
        hall.election, CONTEST, scans=hall.scans, out=hall.out, scanner=FRAMED, readers=readers
    ) as session:
        assert held[0].pids() == ()
        assert stepped(session, lambda far: far.pages == 1).last[0].side == 1
        assert len(held[0].pids()) == 1


def test_last_pages_tell_side_doubts_and_refusal(hall: Hall) -> None:
    laid(hall, framed(1, doubt={"c01": "kept", "c02": "kept"}), refused_page(), framed(3))

    with hall.session() as session:
        shown = stepped(session).last
    with hall.session() as session:
        # Of the ledger alone, before anything new came.
        again = session.far.last

    assert [(page.file, page.index, page.side, page.doubts) for page in shown] == [
        *(("1.jpg", 0, 1, 2), ("2.jpg", 0, 0, 0), ("3.jpg", 0, 1, 0)),
    ]
    assert shown[1].refusal is not None
    assert shown[1].refusal.reason is RefusalReason.CORNERS_NOT_FOUND
    assert shown[0].stored == "images/00001.jpg"
    assert again == shown


def test_session_that_is_opened_again_settles_what_the_ledger_holds(hall: Hall) -> None:
    laid(hall, framed(1), framed(2), framed(3))
    with hall.session() as session:
        stepped(session)
        digest = session.settled.digest if session.settled else ""
    with hall.session() as session:
        assert session.settled is None
        far = stepped(session)
        assert session.settled is not None
        assert (far.pages, far.ballots, session.settled.digest) == (3, 3, digest)


def test_session_of_an_empty_folder_waits(hall: Hall) -> None:
    with hall.session() as session:
        far = session.step()
        assert (far.pages, far.ballots, far.settled, far.settles) == (0, None, False, 0)
        laid(hall, framed(1), framed(2), framed(3))
        assert stepped(session).ballots == 3


def test_session_holds_the_count(hall: Hall) -> None:
    with hall.session(), pytest.raises(errors.CountIsOpen), hall.session():
        pass


def test_session_refuses_a_count_that_is_held(hall: Hall) -> None:
    hall.out.mkdir()
    with only_process(hall.out), pytest.raises(errors.CountIsOpen), hall.session():
        pass


def test_adopted_answers_are_those_of_decide(hall: Hall) -> None:
    laid(hall, framed(1, doubt={"c01": "kept"}), refused_page(), framed(3))
    keyed = decisions.keyed({"c01": Mark.KEPT, "c02": Mark.KEPT, "c03": Mark.KEPT, "c04": Mark.STRUCK})
    words = {("b0001", "c01"): "để lại", ("page:2.jpg#0", ""): keyed}

    with hall.session() as session:
        stepped(session)
        adopted = session.adopt([Answer(*place, word) for place, word in words.items()], by=AN, now=NOW)

    assert adopted.settled.result.status is ResultStatus.FINAL
    count(hall.election, CONTEST, scans=hall.scans, out=hall.root / "plain", workers=1, scanner=FRAMED)
    review = hall.root / "review.csv"
    review.write_bytes(review_file.dump(ReviewRow(*place, "", "", word) for place, word in words.items()))
    decide(hall.root / "plain", review, by=AN, now=NOW)
    assert outputs_of(hall.out) == outputs_of(hall.root / "plain")


def test_answers_that_are_noted_stand_in_the_result_of_a_later_step(hall: Hall) -> None:
    laid(hall, framed(1, doubt={"c01": "kept"}), framed(2, doubt={"c01": "kept"}), framed(3))
    with hall.session() as session:
        settles = stepped(session).settles
        for ballot_name in ("b0001", "b0002"):
            assert session.note([Answer(ballot_name, "c01", "kept")], by=AN, now=NOW) == ()
        assert (session.far.settles, session.far.settled) == (settles, False)
        assert session.note([Answer("b0003", "c01", "kept")], by=AN, now=NOW) == ("b0003 c01",)
        stepped(session)
        assert session.settled is not None
        assert session.settled.result.status is ResultStatus.FINAL
    assert [entry.kind for entry in events_of(hall.out)].count("decision.made") == 2


def test_answers_of_several_people_stand_under_their_names(hall: Hall) -> None:
    laid(hall, framed(1, doubt={"c01": "kept"}), framed(2, doubt={"c01": "kept"}), framed(3))
    later = NOW + timedelta(minutes=3)

    with hall.session() as session:
        stepped(session)
        answers = [Answer("b0001", "c01", "kept", by=BINH, at=later), Answer("b0002", "c01", "struck")]
        session.adopt(answers, by=AN, now=NOW)

    made = [entry for entry in events_of(hall.out) if entry.kind == "decision.made"]
    assert [(entry.by, entry.at) for entry in made] == [
        (BINH, later.isoformat(timespec="seconds")),
        (AN, NOW.isoformat(timespec="seconds")),
    ]


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        (Answer("b0009", "c01", "kept"), errors.UnknownRow),
        (Answer("b0002", "c01", "kept", crop="crops/00009-000-001.png"), errors.UnknownRow),
        (Answer("b0001", "c01", "perhaps"), BadDecisionError),
        (Answer("b0002", "c01", "struck"), ConflictingDecisionsError),
        (Answer("page:1.jpg#0", "", decisions.keyed({"c01": Mark.KEPT})), errors.KeyedIncomplete),
    ],
)
def test_one_bad_answer_keeps_all_out(hall: Hall, bad: Answer, error: type[Exception]) -> None:
    laid(hall, refused_page(), framed(2, doubt={"c01": "kept"}), framed(3))
    with hall.session() as session:
        stepped(session)
        before = events_of(hall.out)
        with pytest.raises(error):
            session.adopt([Answer("b0002", "c01", "kept"), bad], by=AN, now=NOW)
        assert events_of(hall.out) == before
        # The session is as good as before.
        assert session.adopt([Answer("b0002", "c01", "kept")], by=AN, now=NOW).settled.open_rows == 1


def test_answer_without_a_name_is_refused(hall: Hall) -> None:
    laid(hall, framed(1, doubt={"c01": "kept"}), framed(2), framed(3))
    with hall.session() as session:
        stepped(session)
        with pytest.raises(errors.NameMissing):
            session.adopt([Answer("b0001", "c01", "kept")], by="  ", now=NOW)
        # Each answer has its own.
        assert session.adopt([Answer("b0001", "c01", "kept", by=AN)], by="", now=NOW).settled.open_rows == 0


def test_answer_given_again_is_nothing_new(hall: Hall) -> None:
    laid(hall, framed(1, doubt={"c01": "kept"}), framed(2), framed(3))
    for _ in range(2):
        with hall.session() as session:
            stepped(session)
            session.adopt([Answer("b0001", "c01", "kept")], by=AN, now=datetime.now(UTC))
    assert [entry.kind for entry in events_of(hall.out)].count("decision.made") == 1


def test_answers_come_while_pages_are_still_read(hall: Hall) -> None:
    laid(hall, framed(1, doubt={"c01": "kept"}), framed(2, slow=1.0), framed(3, slow=1.0))
    with open_session(hall.election, CONTEST, scans=hall.scans, out=hall.out, workers=1, scanner=FRAMED) as session:
        far = stepped(session, lambda far: far.pages == 1)
        assert far.unread
        session.adopt([Answer("b0001", "c01", "kept")], by=AN, now=NOW)
        assert session.far.unread
        stepped(session, lambda far: far.settled and far.pages == 3)
        assert session.settled is not None
        assert session.settled.result.status is ResultStatus.FINAL


def test_sheet_put_out_to_be_scanned_again_is_no_earlier_scan_of_itself(hall: Hall) -> None:
    foreign = ["SIGNED_OR_EXTRA_TEXT"]
    laid(hall, HEAD + ballot(1, hand=5, foreign=foreign) + END, HEAD + ballot(2, hand=5) + END, framed(3))
    with hall.session() as session:
        stepped(session)
        # The second looks like the first. The board puts it out and has the paper fed once more.
        session.adopt([Answer("page:2.jpg#0", "", "rescanned"), Answer("b0001", "", "valid")], by=AN, now=NOW)
        hall.lay("4.jpg", HEAD + ballot(4, hand=6) + END)
        stepped(session, lambda far: far.settled and far.pages == 4)
        hall.lay("5.jpg", HEAD + ballot(5, hand=6) + END)
        stepped(session, lambda far: far.settled and far.pages == 5)
        asked = session.settled.questions if session.settled else ()
    assert [one.row.ballot for one in asked if one.needed] == ["page:5.jpg#0"]


def test_questions_say_what_a_person_needs(hall: Hall) -> None:
    laid(hall, framed(1, doubt={"c02": "kept"}, turn=1), refused_page(), framed(3))
    with hall.session() as session:
        stepped(session)
        assert session.settled is not None
        mark, page = session.settled.questions
        assert (mark.row.ballot, mark.row.candidate, mark.row.crop) == ("b0001", "c02", "crops/00001-000-002.png")
        assert (mark.needed, mark.side, mark.turn, mark.scan.stored, mark.sheet) == (True, 1, 1, "images/00001.jpg", 1)
        assert mark.row_mm is not None
        assert 0 < mark.row_mm.y < 297 > mark.row_mm.bottom
        assert (page.row.ballot, page.side, page.row_mm, page.needed) == ("page:2.jpg#0", 0, None, True)
        settled = session.adopt([Answer("b0001", "c02", "kept")], by=AN, now=NOW).settled
        assert [one.needed for one in settled.questions] == [False, True]


def test_needed_questions_are_those_that_the_result_waits_for(hall: Hall) -> None:
    # A ballot to be judged as a whole, a mark nobody needs any more beside a signature, a page, a clean ballot.
    laid(hall, framed(1, foreign=["OUTSIDE_NAME"]), framed(2, doubt={"c01": "kept"}, foreign=["OUTSIDE_NAME"]))
    hall.lay("3.jpg", refused_page())
    with hall.session() as session:
        stepped(session, lambda far: far.settled and far.pages == 3)
        assert session.settled is not None
        assert sum(one.needed for one in session.settled.questions) == session.settled.open_rows
        settled = session.adopt([Answer("b0002", "", "OUTSIDE_NAME")], by=AN, now=NOW).settled
        assert sum(one.needed for one in settled.questions) == settled.open_rows == 2


def test_figures_given_again_are_taken_when_the_session_is_opened_anew(hall: Hall) -> None:
    laid(hall, framed(1), framed(2))
    with hall.session() as session:
        stepped(session)
        assert session.settled is not None
        assert session.settled.result.status is ResultStatus.STOPPED
    hall.election.write_text(election_text(collected=2), encoding="utf-8")
    with hall.session() as session:
        stepped(session)
        assert session.settled is not None
        assert session.settled.result.status is ResultStatus.FINAL
    assert len(lines_of(hall.out / "ballots.jsonl")) == 2
