"""A hand sample in ledger, minutes and package: drawn again by the verifier, and held against its own recount."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daihoi.counts.count_folder import open_folder, read_folder, sha256_of
from daihoi.counts.errors import SampleBehindSigned, SampleNotTold
from daihoi.counts.facts import minutes_facts
from daihoi.counts.minutes import SIGNED, write_minutes
from daihoi.counts.outputs import derive
from daihoi.counts.sample_acts import HandRead, SampleAct, discarded_act, drawn_act, note_samples, read_act
from daihoi.counts.sampling import MOST_SAMPLES, hand_sample, seed_of, shown_wrong
from daihoi.counts.sealing import seal
from daihoi.interchange.package_file import MINUTES, SIGNED_MINUTES
from daihoi.interchange.record_file import digest_of
from daihoi.ledger import chain
from daihoi.ledger.signatures import new_key
from daihoi.papers.minutes.terms import MinutesInput, Written
from daihoi.rules.terms import Mark
from daihoi.verify.chain import read_ledger
from daihoi.verify.package import verify_package
from daihoi.verify.sample import MOST_SAMPLES as VERIFIED
from daihoi.verify.sample import _shown_wrong, samples_of
from daihoi.verify.terms import Check, Report, SampleShown
from tests.counts.stand_in import NOW, answer, ballot, counted_folder, election_text, outputs_of, refused

KEY, _PUBLIC = new_key()
SEED = "6 2 4 1"
MARKS = {"c01": Mark.KEPT, "c02": Mark.KEPT, "c03": Mark.KEPT, "c04": Mark.STRUCK}
BALLOTS = ("b0001", "b0002", "b0003", "b0005")
"""The fourth page is no ballot; the third was signed, the fifth not issued by the board."""
SAID = {"b0003": "SIGNED_OR_EXTRA_TEXT", "b0005": "NOT_ISSUED"}


@pytest.fixture(autouse=True)
def _cheap_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    def cheap(facts: MinutesInput) -> Written:
        told = f"{facts.digest} {facts.samples}"
        return Written(f"docx {told}".encode(), f"pdf {told}".encode())

    monkeypatch.setattr("daihoi.counts.minutes.write", cheap)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four ballots and a page that is none, all decided."""
    pages = [ballot(1), ballot(2), ballot(3, foreign=["SIGNED_OR_EXTRA_TEXT"]), refused(), refused(salt=1)]
    count = counted_folder(tmp_path_factory.mktemp("made"), pages, election_text(collected=4))
    words = {("b0003", ""): "SIGNED_OR_EXTRA_TEXT", ("page:4.jpg#0", ""): "not_a_ballot"}
    answer(count, {**words, ("page:5.jpg#0", ""): "NOT_ISSUED"})
    return count


@pytest.fixture
def count(made: Path, tmp_path: Path) -> Path:
    """The count, to be altered."""
    return Path(shutil.copytree(made, tmp_path / "count"))


def drawn(size: int = 4, seed: str = SEED, ballots: int = 4) -> SampleAct:
    """A sample of these ballots."""
    return drawn_act(seed=seed, ballots=ballots, size=size, digest="0" * 64, by="Lục Thị Yến", at=NOW)


def reads(size: int = 4, **said: dict[str, Mark]) -> list[SampleAct]:
    """What people read of them; otherwise than the count where `said` gives a ballot's marks."""
    acts = [drawn(size)]
    for at, one in enumerate(hand_sample(SEED, 4, size), 1):
        name = BALLOTS[one.place - 1]
        read = HandRead(said.get(name, MARKS), SAID.get(name, ""))
        acts.append(read_act(one, name, 1, read, by="Lò Văn An", at=NOW + timedelta(seconds=at)))
    return acts


def verified(count: Path, acts: Sequence[SampleAct]) -> Report:
    """The package of a count with a sample."""
    note_samples(count, acts)
    write_minutes(count, now=NOW, by="x")
    package = count.parent / "package.zip"
    return verify_package(seal(count, key=KEY, passphrase=None, out=package, now=NOW, by="x").package)


def test_sample_is_drawn_again_and_compared_by_the_verifier(count: Path) -> None:
    before = digest_of((count / "record.json").read_bytes())
    report = verified(count, reads(3))
    assert report.findings == ()
    assert Check.SAMPLE in report.passed
    assert report.shown.sample == SampleShown(SEED, 3, 4, shown_wrong(4, 3))
    # The digest on paper is of the count alone, with a sample or without.
    assert report.shown.digest == before


def test_count_without_a_sample_is_sealed_as_before(count: Path) -> None:
    before = outputs_of(count)
    note_samples(count, [])
    assert outputs_of(count) == before
    report = verified(count, [])
    assert (report.findings, report.shown.sample) == ((), None)
    assert Check.SAMPLE not in report.passed


def test_what_is_noted_already_is_not_noted_again(count: Path) -> None:
    acts = reads()
    note_samples(count, acts[:3])
    note_samples(count, acts)
    after = (count / "ledger.jsonl").read_bytes()
    note_samples(count, acts)
    assert (count / "ledger.jsonl").read_bytes() == after
    assert after.count(b'"sample.read"') == 4


def test_minutes_tell_the_sample_with_what_differed_at_first(count: Path) -> None:
    wrong = {**MARKS, "c02": Mark.STRUCK}
    acts = reads(2, b0001=wrong, b0002=wrong)
    (first, *_) = [act for act in acts if act.facts.get("ballot") in {"b0001", "b0002"}]
    again = replace(
        first, facts={**first.facts, "attempt": 2, "marks": {name: str(one) for name, one in MARKS.items()}}
    )
    note_samples(count, [*acts, again])
    (sample,) = minutes_facts(count).samples
    name = str(first.facts["ballot"])
    assert (sample.seed, sample.size, sample.read, sample.shown_wrong) == (SEED, 2, 2, shown_wrong(4, 2))
    assert {one.ballot: one.times for one in sample.papers}[name] == 2
    assert [(one.ballot, one.time, one.candidate, one.counted, one.by_hand) for one in sample.differences][:1] == [
        (name, 1, "c02", "kept", "struck")
    ]
    assert {one.ballot: one.agrees for one in sample.papers}[name]


def test_what_was_set_aside_is_told_and_binds_nothing(count: Path) -> None:
    before = [drawn(seed="1", ballots=9, size=1), discarded_act("nghe nhầm số", by="Yến", at=NOW)]
    report = verified(count, [*before, *reads(2)])
    assert report.findings == ()
    gone, held = minutes_facts(count).samples
    assert (gone.reason, gone.discarded_by, gone.papers, held.reason) == ("nghe nhầm số", "Yến", (), "")


@pytest.mark.parametrize(
    ("bend", "code"),
    [
        (lambda acts: acts[:-1], "verify.sample_unread"),
        (lambda acts: [drawn(ballots=5), *acts[1:]], "verify.ledger_event"),
        (lambda _acts: [drawn(ballots=5)], "verify.sample_ballots"),
        (lambda acts: [*acts, drawn(seed="2")], "verify.ledger_event"),
        (lambda acts: acts[1:], "verify.ledger_event"),
        (lambda acts: [bent(acts[0], shown_wrong=2), *acts[1:]], "verify.ledger_event"),
        (lambda acts: [bent(acts[0], seed="7 7"), *acts[1:]], "verify.ledger_event"),
        (lambda acts: [acts[0], bent(acts[1], ballot="b0009"), *acts[2:]], "verify.sample_place"),
        (lambda acts: [acts[0], bent(acts[1], attempt=2), *acts[2:]], "verify.ledger_event"),
        (lambda acts: [acts[0], bent(acts[1], standing="OUTSIDE_NAME"), *acts[2:]], "verify.sample_differs"),
        (lambda acts: [bent(acts[0], size=0), *acts[1:]], "verify.malformed"),
        (lambda acts: [*acts, discarded_act("x", by="y", at=NOW), acts[1]], "verify.ledger_event"),
    ],
    ids=[
        *("unread", "of more ballots", "of another count", "two at once", "never drawn", "another bound"),
        *(
            "another seed",
            "another ballot",
            "a time too many",
            "another ground",
            "nothing drawn",
            "read after its end",
        ),
    ],
)
def test_sample_that_cannot_be_is_found(count: Path, bend: object, code: str) -> None:
    report = verified(count, bend(reads()))  # type: ignore[operator]
    assert code in {one.code for one in report.findings}
    assert report.shown.sample is None


def bent(act: SampleAct, **facts: object) -> SampleAct:
    """An act with other facts."""
    return replace(act, facts={**act.facts, **facts})


def test_paper_that_people_read_otherwise_is_found_by_name(count: Path) -> None:
    report = verified(count, reads(b0002={**MARKS, "c01": Mark.STRUCK}))
    (finding,) = report.findings
    assert (finding.code, finding.expected, finding.found) == ("verify.sample_differs", "c01 kept", "struck")
    assert finding.member.endswith("b0002")


def test_sample_that_no_minutes_tell_is_neither_sealed_nor_sound(count: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_minutes(count, now=NOW, by="x")
    note_samples(count, reads())
    assert derive(read_folder(count)).result.valid == 2
    package = count.parent / "package.zip"
    with pytest.raises(SampleNotTold, match="sample_not_told"):
        seal(count, key=KEY, passphrase=None, out=package, now=NOW, by="x")
    # Sealed by a program that does not ask.
    monkeypatch.setattr("daihoi.counts.sealing.require_minutes", lambda _folder, _digest: None)
    report = verify_package(seal(count, key=KEY, passphrase=None, out=package, now=NOW, by="x").package)
    assert [one.expected for one in report.findings] == ["minutes.written after it"]


def test_minutes_written_again_tell_the_sample_that_came_after_them(count: Path) -> None:
    write_minutes(count, now=NOW, by="x")
    report = verified(count, reads(3))
    assert (report.findings, report.shown.sample is not None) == ((), True)


def test_nothing_is_noted_behind_signed_minutes_and_the_count_is_sealed_as_it_is(count: Path) -> None:
    write_minutes(count, now=NOW, by="x")
    sign_as_it_lies(count)
    before = (count / "ledger.jsonl").read_bytes()
    with pytest.raises(SampleBehindSigned, match=SIGNED_MINUTES):
        note_samples(count, reads(3))
    assert (count / "ledger.jsonl").read_bytes() == before
    assert verified(count, []).findings == ()


def test_signed_minutes_that_tell_the_sample_let_it_be_noted_again(count: Path) -> None:
    note_samples(count, reads(3))
    write_minutes(count, now=NOW, by="x")
    sign_as_it_lies(count)
    report = verified(count, reads(3))
    assert (report.findings, report.shown.sample is not None) == ((), True)


def test_signed_minutes_moved_away_make_room_for_the_sample(count: Path) -> None:
    write_minutes(count, now=NOW, by="x")
    sign_as_it_lies(count)
    (count / SIGNED_MINUTES).unlink()
    report = verified(count, reads(3))
    assert (report.findings, report.shown.sample is not None) == ((), True)


def sign_as_it_lies(count: Path) -> None:
    """A signature as `sign_minutes` leaves it, in file and ledger."""
    with open_folder(count) as folder:
        made = (count / MINUTES[1]).read_bytes() + b" signature"
        (count / SIGNED_MINUTES).write_bytes(made)
        digest = digest_of((count / "record.json").read_bytes())
        facts = {"pdf_sha256": sha256_of(made), "certificate_sha256": "0" * 64, "name": "An", "place": "board"}
        folder.journal.append(SIGNED, facts | {"digest": digest}, at=NOW.isoformat(timespec="seconds"), by="x")
        folder.journal.sync()


def decided_once_more(count: Path) -> None:
    """An answer that is given, and taken back to what it was: it counts, and alters no figure."""
    for word in ("DISTINGUISHING_MARK", "SIGNED_OR_EXTRA_TEXT"):
        answer(count, {("b0003", ""): word})


def test_sample_that_something_counted_follows_is_noted_again_and_checked(count: Path) -> None:
    note_samples(count, reads(3))
    decided_once_more(count)
    assert minutes_facts(count).samples == ()
    report = verified(count, reads(3))
    assert len(minutes_facts(count).samples) == 1
    assert (report.findings, report.shown.samples_not_checked) == ((), 0)
    assert report.shown.sample is not None


def test_forged_sample_within_the_record_is_told_by_no_minutes_and_shown_as_not_checked(count: Path) -> None:
    acts = reads(3)
    note_samples(count, [bent(acts[0], shown_wrong=1), bent(acts[1], draw=8)])
    decided_once_more(count)
    report = verified(count, [])
    assert minutes_facts(count).samples == ()
    assert (report.findings, report.shown.sample, report.shown.samples_not_checked) == ((), None, 1)


def test_samples_beyond_their_number_are_not_followed() -> None:
    acts = [drawn(1, seed="1"), discarded_act("x", by="y", at=NOW)] * (MOST_SAMPLES + 2)
    entries: list[chain.Entry] = []
    for act in acts:
        entries.append(
            chain.entry_after(entries[-1] if entries else None, act.kind, act.facts, NOW.isoformat(), act.by)
        )
    found = samples_of(read_ledger(chain.dump(entries)).events)
    assert (len(found.all), len(found.findings)) == (MOST_SAMPLES, 1)
    assert found.findings[0].expected == f"at most {MOST_SAMPLES} samples"
    assert VERIFIED == MOST_SAMPLES


@given(
    seed=st.text("0123456789 ắNg", min_size=1, max_size=9).filter(str.strip), ballots=st.integers(1, 90), data=st.data()
)
def test_count_and_verifier_draw_alike(seed: str, ballots: int, data: st.DataObject) -> None:
    size = data.draw(st.integers(1, ballots))
    act = drawn_act(seed=seed_of(seed), ballots=ballots, size=size, digest="0" * 64, by="x", at=NOW)
    entry = chain.entry_after(None, act.kind, act.facts, NOW.isoformat(), act.by)
    (sample,) = samples_of(read_ledger(chain.dump([entry])).events).all
    assert list(sample.places.items()) == [(one.place, one.draw) for one in hand_sample(seed, ballots, size)]


@given(ballots=st.integers(1, 3000), data=st.data())
def test_count_and_verifier_bound_alike(ballots: int, data: st.DataObject) -> None:
    size = data.draw(st.integers(1, ballots))
    assert _shown_wrong(ballots, size) == shown_wrong(ballots, size)
