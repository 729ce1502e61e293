"""Kill -9 in the middle of reading, settling and adopting: the next session goes on, nothing is lost or doubled."""

from __future__ import annotations

import json
import os
import random
import time
from collections import Counter
from pathlib import Path

import pytest

from daihoi.counts.count import count
from daihoi.counts.deciding import decide
from daihoi.interchange import review_file
from daihoi.interchange.terms import ReviewRow
from tests.counts.stand_in import CONTEST, FRAMED, NOW, election_text, events_of, framed, lines_of, write_election
from tests.counts.to_be_killed import in_session, kill, started

KILLS = int(os.environ.get("DAIHOI_KILLS", "10"))
PAGES = 40


@pytest.fixture
def pile(tmp_path: Path) -> tuple[Path, ...]:
    """Election, scans, COUNT and answers, as arguments of a session that takes some seconds."""
    (tmp_path / "scans").mkdir()
    doubts = range(0, PAGES, 4)
    for number in range(PAGES):
        said: dict[str, object] = {"doubt": {"c01": "kept"}} if number in doubts else {}
        (tmp_path / "scans" / f"{number}.jpg").write_bytes(framed(number, slow=0.02, **said))
    lines = [json.dumps([f"b{number + 1:04d}", "c01", "kept"]) for number in doubts]
    (tmp_path / "answers.jsonl").write_text("\n".join(lines), encoding="utf-8")
    election = write_election(tmp_path, election_text(collected=PAGES))
    return election, tmp_path / "scans", tmp_path / "COUNT", tmp_path / "answers.jsonl"


def acknowledged(out: Path) -> Counter[str]:
    """Every whole line of the ledger, without what hangs on its place."""
    ledger = out / "ledger.jsonl"
    data = ledger.read_bytes() if ledger.exists() else b""
    return Counter(line.decode() for line in data.split(b"\n")[:-1])


def test_session_killed_again_and_again_loses_nothing_and_counts_nothing_twice(
    tmp_path: Path, pile: tuple[Path, ...]
) -> None:
    seed = int(os.environ.get("DAIHOI_SEED", "20260511"))
    chance = random.Random(seed)
    election, scans, out, answers = pile
    held: Counter[str] = Counter()
    for _ in range(KILLS):
        process = started(in_session, *pile)
        grown = len(acknowledged(out)) + chance.choice((0, 1, 2, 3, 5, 8))
        end = time.monotonic() + 30
        # From a moment that the ledger tells, and some thousandths of a second more: in the midst of whatever follows.
        while process.is_alive() and len(acknowledged(out)) < grown and time.monotonic() < end:
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.3))
        kill(process)
        now = acknowledged(out)
        assert not held - now, f"lost by a kill, seed {seed}"
        held = now

    last = started(in_session, *pile)
    last.join(150)
    assert last.exitcode == 0

    kinds = Counter(entry.kind for entry in events_of(out))
    assert (kinds["image.taken"], kinds["page.read"], kinds["decision.made"]) == (PAGES, PAGES, PAGES // 4)
    plain = tmp_path / "plain"
    count(election, CONTEST, scans=scans, out=plain, workers=1, scanner=FRAMED)
    said = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
    review = tmp_path / "review.csv"
    review.write_bytes(review_file.dump(ReviewRow(*row[:2], "", "", row[2]) for row in said))
    decide(plain, review, by="Lò Văn An", now=NOW)
    for name in ("ballots.jsonl", "refused.jsonl", "review.csv", "result.json"):
        assert (out / name).read_bytes() == (plain / name).read_bytes(), name
    assert len(lines_of(out / "ballots.jsonl")) == PAGES
