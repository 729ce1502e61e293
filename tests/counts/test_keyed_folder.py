"""A keyed count as a COUNT folder: result, minutes and package are of it, and `verify` counts it by its own path."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daihoi.counts import keyed_folder
from daihoi.counts.count_folder import read_folder
from daihoi.counts.errors import NotFinal
from daihoi.counts.facts import minutes_facts
from daihoi.counts.keyed_count import PAPER, REMOVED, keyed_count
from daihoi.counts.keyed_folder import KeyedAct, KeyedGiven, ledger_of
from daihoi.counts.minutes import write_minutes
from daihoi.counts.outputs import derive
from daihoi.counts.sealing import seal
from daihoi.ledger import chain
from daihoi.ledger.signatures import new_key
from daihoi.papers.minutes import annexes
from daihoi.papers.minutes.terms import MinutesInput, Written
from daihoi.rules.terms import ResultStatus
from daihoi.verify.chain import read_ledger
from daihoi.verify.keyed import keyed_history, keyed_papers
from daihoi.verify.package import verify_package
from tests.counts.keyed_papers import WHO, both, given_by, paper
from tests.counts.stand_in import NOW

KEY, _PUBLIC = new_key()
WHOLE = (
    *both(1, "kkkx"),
    *both(2, "kkkx"),
    *both(3, "xxxx", "NOT_ISSUED"),
    *both(4, "kxkx", "SIGNED_OR_EXTRA_TEXT"),
    *(paper(5, turn, marks, attempt=attempt) for attempt in (1, 2) for turn, marks in ((1, "kkkk"), (2, "kkkx"))),
    paper(5, 3, "kkkx"),
)


@pytest.fixture(autouse=True)
def _cheap_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    def cheap(facts: MinutesInput) -> Written:
        return Written(f"docx {facts.digest}".encode(), f"pdf {facts.digest}".encode())

    monkeypatch.setattr("daihoi.counts.minutes.write", cheap)


def sealed(folder: Path, given: KeyedGiven) -> Path:
    """The package of a keyed count."""
    keyed_folder.write_keyed(folder / "count", given)
    write_minutes(folder / "count", now=NOW, by="Lục Thị Yến")
    seal(folder / "count", key=KEY, passphrase=None, out=folder / "package.zip", now=NOW, by="Lục Thị Yến")
    return folder / "package.zip"


def test_package_of_a_keyed_count_is_counted_again_by_the_verifier(tmp_path: Path) -> None:
    given = given_by(*WHOLE)
    result, digest = keyed_folder.keyed_result(given)
    assert (result.status, result.valid, result.invalid) == (ResultStatus.FINAL, 3, 2)
    report = verify_package(sealed(tmp_path, given), digest=digest)
    assert report.findings == ()
    assert (report.shown.status, report.shown.images) == ("final", "none")
    assert {one.candidate: one.votes for one in report.shown.elected} == dict.fromkeys(("c01", "c02", "c03"), 3)


def test_minutes_tell_how_the_papers_were_keyed(tmp_path: Path) -> None:
    keyed_folder.write_keyed(tmp_path, given_by(*WHOLE))
    facts = minutes_facts(tmp_path)
    assert facts.keyed is not None
    assert [(one.number, one.papers, one.first, one.second) for one in facts.keyed.piles] == [(1, 5, WHO[1], WHO[2])]
    assert (facts.keyed.papers, facts.keyed.differed) == (5, 1)
    assert [(one.ballot, one.by) for one in facts.keyed.thirds] == [("001-005", WHO[3])]
    assert [(one.ballot, *one.grounds) for one in facts.keyed.seen] == [
        ("001-003", "NOT_ISSUED"),
        ("001-004", "SIGNED_OR_EXTRA_TEXT"),
    ]
    assert "máy quét" in str(annexes.decisions_annex(facts))


def test_paper_that_nobody_settled_keeps_the_count_open(tmp_path: Path) -> None:
    given = given_by(*WHOLE[:-1])
    assert keyed_folder.keyed_result(given)[0].status is ResultStatus.AWAITING_DECISIONS
    keyed_folder.write_keyed(tmp_path, given)
    with pytest.raises(NotFinal):
        write_minutes(tmp_path, now=NOW)


def test_same_acts_leave_the_minutes_and_others_put_them_away(tmp_path: Path) -> None:
    given = given_by(*WHOLE)
    keyed_folder.write_keyed(tmp_path, given)
    write_minutes(tmp_path, now=NOW, by="x")
    keyed_folder.write_keyed(tmp_path, given)
    assert read_folder(tmp_path).journal.entries[-1].kind == "minutes.written"
    keyed_folder.write_keyed(tmp_path, given_by(*WHOLE[:-1]))
    assert read_folder(tmp_path).journal.entries[-1].kind == PAPER


def test_pile_that_was_taken_out_counts_for_nothing(tmp_path: Path) -> None:
    keyed_folder.write_keyed(tmp_path, given_by(*WHOLE, KeyedAct(REMOVED, {"pile": 1, "reason": "nhầm"}, "x", NOW)))
    folder = read_folder(tmp_path)
    assert derive(folder).lines == ()
    assert keyed_papers(keyed_history(read_ledger(chain.dump(folder.journal.entries)).events))[0] == []


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ((*both(1, "kkkx"), paper(1, 1, "kkkk", attempt=2)), "a paper that is not settled"),
        ((paper(1, 1, "kkkx"), paper(1, 2, "kkkx", by=WHO[1])), "another person"),
        ((paper(1, 1, "kkkx"), paper(1, 3, "kkkx")), "two people who keyed as often"),
        ((paper(1, 1, "kkkx", attempt=2),), "time 1"),
        ((paper(6, 1, "kkkx"),), "a paper of pile 1"),
        (
            (paper(1, 1, "kkkx"), paper(1, 2, "kkxx"), paper(1, 1, "xkkx", attempt=2)),
            "c01: kept, as both keyed it",
        ),
    ],
)
def test_verifier_names_what_two_people_and_a_third_may_not_do(acts: tuple[KeyedAct, ...], expected: str) -> None:
    ledger = read_ledger(chain.dump(ledger_of(given_by(*acts))))
    found = keyed_history(ledger.events).findings
    assert any(expected in one.expected for one in found), found


marks = st.text("kx", min_size=4, max_size=4)


@given(st.lists(st.tuples(marks, marks), min_size=1, max_size=2), st.none() | marks)
@settings(max_examples=80, deadline=None)
def test_count_and_verifier_settle_papers_alike(tries: list[tuple[str, str]], third: str | None) -> None:
    acts = [paper(1, turn, said, attempt=at) for at, pair in enumerate(tries, 1) for turn, said in enumerate(pair, 1)]
    acts += [] if third is None else [paper(1, 3, third)]
    entries = ledger_of(given_by(*acts, papers=1))
    (counted,) = keyed_count(entries).papers
    papers, _said, waiting = keyed_papers(keyed_history(read_ledger(chain.dump(entries)).events))
    assert waiting == (counted.holds is None)
    assert [dict(one.marks) for one in papers] == ([dict(counted.holds.marks)] if counted.holds else [])


def test_moment_of_an_act_bears_its_offset() -> None:
    act = replace(paper(1, 1, "kkkx"), at=datetime(2025, 6, 11, 8, 30))  # noqa: DTZ001 -- the fault itself
    with pytest.raises(Exception, match="offset"):
        ledger_of(KeyedGiven(b"", "bch", False, (act,)))
