"""The whole verification: from a sealed package to findings. Never an exception for a bad package."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypedDict

from daihoi.verify import manifest as manifests
from daihoi.verify.archive import Archive
from daihoi.verify.batches import batches_waiting
from daihoi.verify.chain import read_ledger
from daihoi.verify.election import Race, read_race
from daihoi.verify.errors import MalformedError
from daihoi.verify.keyed import KeyedHistory, keyed_history, keyed_papers, no_keying
from daihoi.verify.manifest import Manifest, malformed
from daihoi.verify.node import parse_loose
from daihoi.verify.record import (
    Record,
    check_head,
    check_history,
    check_keyed,
    check_papers,
    check_record,
    read_record,
)
from daihoi.verify.recount import Sum, Verdict, add_up, elect, judge
from daihoi.verify.result import check_ballots, check_refused, check_result, check_review, status_of
from daihoi.verify.sample import Sample, Samples, check_sample, not_checked, samples_of, shown_of
from daihoi.verify.sheets import History, Paper, history_of, papers_of
from daihoi.verify.terms import (
    BALLOTS,
    ELECTION,
    LEDGER,
    MANIFEST,
    RECORD,
    REFUSED,
    RESULT,
    REVIEW,
    SHEET,
    SIGNATURE,
    Check,
    Finding,
    Report,
    Shown,
    Winner,
)


class Recounted(TypedDict):
    """What the recount itself shows, whatever result.json says."""

    status: str
    elected: tuple[Winner, ...]


IMAGES = "images/"
"""Where a count keeps its scans."""

_BLANKS = re.compile(r"[\s.:\-–—]+")


def verify_package(path: Path, *, digest: str | None = None, public_key: bytes | None = None) -> Report:
    """Verify a sealed package: every digest, the signature, the ledger, and the count once more from its marks.

    `digest` is what stands under the minutes, in groups or not, in either case; `public_key` is the PEM of the signer
    as it was got from the signer. Without both, the report shows integrity only. Raises PackageNotOpenedError and
    BadPublicKeyError, which are about what was asked and not about the package.
    """
    try:
        with Archive(path, path.name) as archive:
            return _Verification(archive, path).run(digest, public_key)
    except MalformedError as error:
        return Report((malformed(error),), (), Shown())


def typed_digest(text: str) -> str:
    """A digest as typed from paper, in the form of record.json: no blanks, lower case."""
    return _BLANKS.sub("", text).lower()


class _Verification:
    """The steps of one verification; each adds its findings, and a step whose ground is missing is left out."""

    def __init__(self, archive: Archive, path: Path) -> None:
        self.archive = archive
        self.path = path
        self.findings: list[Finding] = []
        self.passed: set[Check] = set()
        self.shown = Shown()
        self.record: Record | None = None
        self.history: History | None = None
        self.samples = Samples()
        self.keyed: KeyedHistory | None = None

    def run(self, digest: str | None, public_key: bytes | None) -> Report:
        """All steps, in the order of Check."""
        self.step(Check.ARCHIVE, lambda: list(self.archive.findings))
        # A zip that unpacks to more than any count holds is not unpacked to see what else is wrong with it.
        if any(finding.code == "verify.too_large" for finding in self.findings):
            return Report(tuple(self.findings), (), self.shown)
        if self.archive.names and all(name.startswith(IMAGES) for name in self.archive.names):
            return Report((*self.findings, Finding("verify.images_half", self.archive.name)), (), self.shown)
        try:
            raw = self.archive.read(MANIFEST)
            manifest = manifests.read_manifest(raw)
        except MalformedError as error:
            self.findings.append(malformed(error))
        else:
            self.step(Check.FILES, lambda: self._files(manifest))
            self.step(Check.SIGNATURE, lambda: self._signature(raw))
            if public_key is not None:
                self.step(Check.SIGNER, lambda: manifests.check_signer(self.archive, raw, public_key))
            if digest is not None:
                self.step(Check.DIGEST, lambda: self._digest(digest))
            self._content(manifest)
        # One fault can be seen from two sides; it is told once.
        findings = tuple(dict.fromkeys(self.findings))
        return Report(findings, tuple(check for check in Check if check in self.passed), self.shown)

    def step(self, check: Check, work: Callable[[], list[Finding]]) -> None:
        """Do one check; what it finds is kept, and only a check that finds nothing has passed."""
        try:
            found = work()
        except MalformedError as error:
            found = [malformed(error)]
        self.findings += found
        if not found:
            self.passed.add(check)

    def _files(self, manifest: Manifest) -> list[Finding]:
        return manifests.check_files(self.archive, manifest.files, frozenset({MANIFEST, SIGNATURE}))

    def _signature(self, raw: bytes) -> list[Finding]:
        found, signer = manifests.check_signature(self.archive, raw)
        self.shown = replace(self.shown, signer=signer)
        return found

    def _digest(self, typed: str) -> list[Finding]:
        given = typed_digest(typed)
        if not re.fullmatch(r"[0-9a-f]{64}", given):
            return [Finding("verify.digest_typed", RECORD, "64", str(len(given)))]
        right = hashlib.sha256(self.archive.read(RECORD)).hexdigest()
        return [] if given == right else [Finding("verify.digest", RECORD, given, right)]

    def _content(self, manifest: Manifest) -> None:
        """Everything inside: record, images, ledger, ballots, result. What can be shown of a bad package is shown."""
        self.shown = replace(self.shown, digest=manifest.digest)
        self.step(Check.RECORD, lambda: self._record(manifest))
        self.step(Check.IMAGES, lambda: self._images(manifest))
        # Images that were not looked at, or that were found changed above, were not shown to be those of the count.
        if self.shown.images not in ("inside", "beside"):
            self.passed.discard(Check.IMAGES)
        self.step(Check.LEDGER, lambda: self._ledger(manifest))
        if self.record is not None and self.history is not None:
            record, history = self.record, self.history
            self.step(Check.BALLOTS, lambda: self._recount(record, history))
        elif self.record is not None and self.keyed is not None:
            kept, held = self.record, self.keyed
            self.step(Check.BALLOTS, lambda: self._recount_keyed(kept, held))

    def _record(self, manifest: Manifest) -> list[Finding]:
        data = self.archive.read(RECORD)
        self.record = read_record(data)
        found = check_record(self.record, manifest)
        if (right := hashlib.sha256(data).hexdigest()) != manifest.digest:
            found.append(Finding("verify.manifest_digest", MANIFEST, right, manifest.digest))
        return found

    def _images(self, manifest: Manifest) -> list[Finding]:
        where, found = "inside", list[Finding]()
        if self.record is not None and self.record.keyed:
            where = "none"
        if manifest.detached is not None:
            found, there = manifests.check_detached(self.path, manifest.detached)
            where = "beside" if there else "absent"
        elif any(finding.member.startswith(IMAGES) for finding in self.findings):
            where = "changed"
        self.shown = replace(self.shown, images=where)
        return found

    def _ledger(self, manifest: Manifest) -> list[Finding]:
        ledger = read_ledger(self.archive.read(LEDGER))
        found = list(ledger.findings)
        if self.record is None:
            return found
        found += [*check_head(self.record, ledger), *check_papers(self.record, ledger, manifest, self.shown.signer)]
        self.samples = samples_of(ledger.events[self.record.events :])
        found += self.samples.findings
        within = ledger.events[: self.record.events]
        self.shown = replace(self.shown, samples_not_checked=not_checked(within, self.samples))
        if self.record.keyed:
            self.keyed = keyed_history(within)
            self.shown = replace(self.shown, rehearsal=self.keyed.rehearsal)
            return found + self.keyed.findings + check_keyed(self.record, self.keyed)
        found += no_keying(ledger.events)
        self.history = history_of(within)
        self.shown = replace(self.shown, rehearsal=self.history.rehearsal)
        return found + self.history.findings + check_history(self.record, self.history)

    def _recount(self, record: Record, history: History) -> list[Finding]:
        race = read_race(self.archive.read(ELECTION), record.contest, record.settings)
        self.shown = replace(self.shown, congress=race.congress, contest=race.title)
        sides = self._sides(race)
        papers, pages = papers_of(history, sides, race.names)
        waiting = [*pages, *batches_waiting(history, sides)]
        verdicts = [judge(paper, race, history.decisions.get((paper.ballot, ""), "")) for paper in papers]
        found = check_ballots(self.archive.read(BALLOTS), papers, verdicts)
        found += check_refused(self.archive.read(REFUSED), history)
        found += check_review(self.archive.read(REVIEW), history)
        if (sample := self.samples.held) is not None:
            self.step(Check.SAMPLE, lambda: self._sample(sample, papers, verdicts))
        total = add_up(verdicts, race)
        data = self.archive.read(RESULT)
        self.step(Check.RESULT, lambda: check_result(data, race, record.contest, total, len(waiting)))
        self.shown = replace(self.shown, **_outcome(race, total, len(waiting)))
        return found

    def _recount_keyed(self, record: Record, history: KeyedHistory) -> list[Finding]:
        race = read_race(self.archive.read(ELECTION), record.contest, record.settings)
        self.shown = replace(self.shown, congress=race.congress, contest=race.title)
        papers, said, waiting = keyed_papers(history)
        verdicts = [judge(paper, race, said[paper.ballot]) for paper in papers]
        if (sample := self.samples.held) is not None:
            self.step(Check.SAMPLE, lambda: self._sample(sample, papers, verdicts))
        found = check_ballots(self.archive.read(BALLOTS), papers, verdicts)
        total = add_up(verdicts, race)
        data = self.archive.read(RESULT)
        self.step(Check.RESULT, lambda: check_result(data, race, record.contest, total, waiting))
        self.shown = replace(self.shown, **_outcome(race, total, waiting))
        return found

    def _sample(self, sample: Sample, papers: Sequence[Paper], verdicts: Sequence[Verdict]) -> list[Finding]:
        found = check_sample(sample, papers, verdicts)
        if not found and not self.samples.findings:
            self.shown = replace(self.shown, sample=shown_of(sample))
        return found

    def _sides(self, race: Race) -> int:
        pages = parse_loose(self.archive.read(SHEET), SHEET)["pages"]
        targets = {target["candidate"].text() for page in pages.list() for target in page["targets"].list()}
        if len(pages.list()) not in (1, 2) or targets != race.names.keys():
            raise pages.malformed("one or two pages with the candidates of the contest")
        return len(pages.list())


def _outcome(race: Race, total: Sum, waiting: int) -> Recounted:
    status = status_of(race, total, waiting)
    winners = elect(race, total.votes).elected if status == "final" else ()
    return {
        "status": status,
        "elected": tuple(Winner(one, race.names[one], total.votes[one], race.born.get(one)) for one in winners),
    }
