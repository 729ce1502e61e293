"""Sealed packages of small counts without pictures, each made once for a whole run."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from daihoi.counts import keyed_folder
from daihoi.counts.keyed_folder import KeyedGiven
from daihoi.counts.minutes import write_minutes
from daihoi.counts.sample_acts import HandRead, SampleAct, drawn_act, note_samples, read_act
from daihoi.counts.sampling import hand_sample
from daihoi.counts.sealing import seal
from daihoi.ledger.signatures import new_key
from daihoi.papers.minutes.terms import MinutesInput, Written
from daihoi.rules.terms import Mark
from tests.counts.keyed_papers import both, given_by, paper
from tests.counts.stand_in import NOW, ballot, election_text, run, scan, write_election, write_scans

KEY, PUBLIC = new_key()
ROLL = "[roll]\nsummoned = 4\npresent = 4"
TIED = ("c01", "c02", "c03", "c04")
"""Who is struck on each of four ballots of a base of four: all have three votes, for three seats."""


@dataclass(frozen=True)
class Made:
    """A package, and its half of scans where it has one."""

    package: Path
    digest: str
    images: Path | None = None


def _cheap(facts: MinutesInput) -> Written:
    return Written(f"docx {facts.digest}".encode(), f"pdf {facts.digest}".encode(), ())


def text(*, collected: int = 3, organisation: str = "Đảng bộ huyện Nà Lương", roll: str = ROLL, **more: object) -> str:
    """ELECTION.toml of the congress of an organisation."""
    said = election_text(collected=collected, roll=roll, **more)  # type: ignore[arg-type]
    return said.replace('"Đảng bộ xã Nà Lương"', f'"{organisation}"', 1)


def make(
    election: str, pages: Iterable[bytes], *, rehearsal: bool = False, detached: bool = False, seed: str = ""
) -> Made:
    """Count, write minutes, seal; with a `seed`, two of three ballots are read from the paper."""
    folder = Path(mkdtemp(prefix="daihoi-package-"))
    path = write_election(folder, election)
    scans = write_scans(folder / "scans", pages)
    run(path, scans, folder / "COUNT", rehearsal=rehearsal)
    if seed:
        note_samples(folder / "COUNT", _sample(seed))
    return _sealed(folder, detached=detached)


def _sample(seed: str) -> Iterator[SampleAct]:
    yield drawn_act(seed=seed, ballots=3, size=2, digest="0" * 64, by="Lục Thị Yến", at=NOW)
    marks = dict.fromkeys(("c01", "c02", "c03"), Mark.KEPT) | {"c04": Mark.STRUCK}
    for one in hand_sample(seed, 3, 2):
        yield read_act(one, f"b{one.place:04d}", 1, HandRead(marks, ""), by="Lò Văn An", at=NOW)


def _sealed(folder: Path, *, detached: bool = False) -> Made:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("daihoi.counts.minutes.write", _cheap)
        write_minutes(folder / "COUNT", now=NOW, by="Bế Xuân Trường")
    out = folder / "package.zip"
    sealed = seal(folder / "COUNT", key=KEY, passphrase=None, out=out, without_images=detached, now=NOW)
    return Made(out, sealed.digest, sealed.images)


@cache
def plain() -> Made:
    """Three ballots of a base of four: c01, c02 and c03 are elected with three votes each."""
    return make(text(), [ballot(number) for number in range(3)])


@cache
def recount() -> Made:
    """Another count of the same contest."""
    return make(text(), [ballot(number, again=1) for number in range(3)])


@cache
def sampled() -> Made:
    """Two of its three ballots were drawn by a seed and read from the paper."""
    return make(text(), [ballot(number, sample=1) for number in range(3)], seed="6 2 4")


@cache
def further() -> Made:
    """The second ballot of the same office, for a seat left open."""
    more = {"contest": 'round = 2\nround_kind = "further"', "candidates": 2, "seats": 1}
    pages = [scan(marks={"c02": "struck"}, salt=number) for number in range(3)]
    return make(text(**more), pages)


@cache
def tied() -> Made:
    """Four have equal votes for three seats."""
    return make(text(collected=4), [scan(marks={one: "struck"}, salt=at) for at, one in enumerate(TIED)])


@cache
def halves() -> Made:
    """The scans in a file of their own."""
    return make(text(), [ballot(number, half=1) for number in range(3)], detached=True)


@cache
def rehearsed() -> Made:
    """Rehearsal ballots."""
    return make(text(), [ballot(number) for number in range(3)], rehearsal=True)


@cache
def of_twins() -> Made:
    """Of an organisation whose name two bear; its title would be taken for markup, and for a place of a sentence."""
    named = text(organisation="Đảng bộ xã Hai Lần").replace('"Ban Chấp hành"', '"<script>alert(1)</script> {Ban}"')
    return make(named, [ballot(number) for number in range(3)])


@cache
def keyed(*marks: str) -> Made:
    """Without a scanner: the last of these papers is settled by a third person, the others two people keyed alike."""
    said = marks or ("kkkx", "kkkx", "kkkx")
    last = len(said)
    acts = [act for number, held in enumerate(said[:-1], 1) for act in both(number, held)]
    for attempt in (1, 2):
        acts += [paper(last, 1, said[-1], attempt=attempt), paper(last, 2, "xxxx", attempt=attempt)]
    election = text(collected=last).encode()
    return _keyed(given_by(*acts, paper(last, 3, said[-1]), papers=last, election=election))


@cache
def keyed_in_rehearsal() -> Made:
    """Keyed from rehearsal ballots."""
    given = given_by(*both(1, "kkkx"), papers=1, election=text(collected=1).encode())
    return _keyed(replace(given, rehearsal=True))


def _keyed(given: KeyedGiven) -> Made:
    folder = Path(mkdtemp(prefix="daihoi-keyed-"))
    keyed_folder.write_keyed(folder / "COUNT", given)
    return _sealed(folder)


def altered(made: Made, member: str, data: bytes) -> bytes:
    """The bytes of a package with one member changed."""
    out = made.package.with_name(f"altered-{member}.zip")
    with zipfile.ZipFile(made.package) as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            target.writestr(info, data if info.filename == member else source.read(info))
    return out.read_bytes()
