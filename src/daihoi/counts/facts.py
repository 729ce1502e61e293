"""What the minutes say, gathered from a count that is final; nothing while anything is open or unreconciled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from daihoi.counts.answers import WITHDRAWN, place_in
from daihoi.counts.count_folder import CountFolder, open_folder
from daihoi.counts.errors import AnswersNotAdopted, ConfirmationMissing, CountStopped, NotFinal
from daihoi.counts.grounds import Grounds, require_figures
from daihoi.counts.keyed_count import PILE, keyed_count
from daihoi.counts.keyed_count import REMOVED as PILE_REMOVED
from daihoi.counts.listing import PLURALITY_CHECK, confirmation_in, require_list_of
from daihoi.counts.outputs import REVIEW, Derived, Place, derive, readers_in, typed_rows, write_outputs
from daihoi.counts.pairing import refused_on
from daihoi.counts.removals import REMOVED, pages_removed_by
from daihoi.counts.review import rows_of_board
from daihoi.counts.sample_acts import samples_in
from daihoi.counts.terms import SeenScan
from daihoi.interchange.decisions import PAGE
from daihoi.interchange.record_file import digest_of
from daihoi.interchange.result_file import percent_of
from daihoi.interchange.terms import MinutesFacts, ResultDocument
from daihoi.ledger.chain import Entry
from daihoi.papers.ballots.face import listed
from daihoi.papers.minutes.terms import (
    BallotLines,
    BaseLines,
    BoardLine,
    CandidateLine,
    ClearInvalid,
    DecisionLine,
    DeductionLine,
    KeyedLines,
    KeyedPile,
    MinutesInput,
    ReadersLine,
    RefusedLine,
    RemovedLine,
    SettingLine,
    ThirdLine,
    TieLine,
    WarningLine,
)
from daihoi.reading.terms import Refusal, RefusalReason
from daihoi.rules.base import BaseWorksheet
from daihoi.rules.clauses import Topic
from daihoi.rules.lists import Severity
from daihoi.rules.outcome import Outcome, outcome
from daihoi.rules.terms import CandidateId, CongressForm, InvalidGround, ResultStatus, Standing

_BASE_TOPICS: Mapping[CongressForm, Topic] = {
    CongressForm.DELEGATES: Topic.BASE_DELEGATES,
    CongressForm.MEMBERS: Topic.BASE_MEMBERS,
    CongressForm.MEETING: Topic.BASE_MEETING,
}


def minutes_facts(count: Path) -> MinutesInput:
    """The facts of the minutes of the count at `count`.

    Raises NotFinal, AnswersNotAdopted, ConfirmationMissing, ListRefused and the errors of `open_folder`.
    """
    with open_folder(count) as folder:
        return facts_of(folder)


def finished(folder: CountFolder) -> tuple[Derived, str]:
    """A count that is final, its files written afresh where they differ, and its digest. Raises as `minutes_facts`."""
    derived = derive(folder)
    result = derived.result
    if result.status is not ResultStatus.FINAL:
        raise (CountStopped if result.status is ResultStatus.STOPPED else NotFinal)(
            path=str(folder.path),
            status=result.status,
            open=derived.open_rows,
            review=str(folder.path / REVIEW),
            failed=[check for check in result.reconciliation if check.holds is False],
        )
    stray = _not_adopted(folder, derived)
    if stray:
        raise AnswersNotAdopted(path=str(folder.path), rows=[" ".join(place).strip() for place in stray])
    return derived, digest_of(write_outputs(folder, derived))


def _not_adopted(folder: CountFolder, derived: Derived) -> list[Place]:
    """What is typed into review.csv and does not stand in the ledger: whoever typed it believes that it counts."""
    asked = {row.place: row.decision for row in derived.rows}
    typed = typed_rows(folder)
    added = {row.place for row in rows_of_board(derived.judged, typed, asked)}
    return sorted(place for place, word in typed.items() if asked.get(place, word) != word or place in added)


def facts_of(folder: CountFolder) -> MinutesInput:
    """As `minutes_facts`, of a folder that is held."""
    derived, digest = finished(folder)
    come = _outcome(folder.grounds, derived.result)
    if come.confirmation_required and confirmation_in(folder.grounds) is None:
        raise ConfirmationMissing(path=str(folder.path), check=PLURALITY_CHECK)
    told = replace(
        _heading(folder, derived.result, digest),
        elected=come.elected,
        alternates=come.alternates,
        ties=tuple(TieLine(tie.candidates, tie.seats, tie.for_alternates) for tie in come.ties),
        shortfall=come.shortfall,
        equal_alternates=come.equal_alternates,
        awaiting_alternates=come.awaiting_alternates,
        alternates_shortfall=come.alternates_shortfall,
        by_plurality=come.by_plurality,
    )
    return _keyed(told, folder, derived) if folder.keyed else _scanned(told, folder, derived)


def _scanned(told: MinutesInput, folder: CountFolder, derived: Derived) -> MinutesInput:
    """What the board concluded about scans."""
    return replace(
        told,
        clear_invalid=tuple(
            ClearInvalid(one.ballot, one.classified.grounds)
            for one in derived.judged
            if one.classified is not None and one.classified.by_marks
        ),
        decisions=tuple(_decisions(folder, derived)),
        refused=tuple(_refused(folder, derived)),
        removed=tuple(_removed(entry) for entry in folder.journal.entries if entry.kind == REMOVED),
        samples=samples_in(folder, derived),
    )


def _keyed(told: MinutesInput, folder: CountFolder, derived: Derived) -> MinutesInput:
    """What takes the place of scans and of the board's answers about them."""
    entries = folder.journal.entries
    count = keyed_count(entries)
    grounds = {line.ballot: line.grounds for line in derived.lines if line.standing is Standing.INVALID}
    said = {one.ballot for one in count.papers if one.holds is not None and one.holds.standing}
    thirds = [(one.ballot, one.holds) for one in count.papers if one.by_third]
    lines = KeyedLines(
        piles=tuple(KeyedPile(one.number, one.papers, one.first, one.second) for one in count.piles),
        papers=len(count.papers),
        differed=sum(one.differed for one in count.papers),
        thirds=tuple(ThirdLine(ballot, held.by, held.at) for ballot, held in thirds if held is not None),
        seen=tuple(ClearInvalid(name, given) for name, given in grounds.items() if name in said),
    )
    clear = tuple(ClearInvalid(name, given) for name, given in grounds.items() if name not in said)
    papers = {entry.whole("pile"): entry.whole("papers") for entry in entries if entry.kind == PILE}
    removed = tuple(
        RemovedLine(
            str(entry.whole("pile")), "", papers.get(entry.whole("pile"), 0), str(entry.facts["reason"]),
            entry.by or "", entry.at,
        )
        for entry in entries
        if entry.kind == PILE_REMOVED
    )  # fmt: skip
    return replace(told, keyed=lines, clear_invalid=clear, removed=removed)


def _outcome(grounds: Grounds, result: ResultDocument) -> Outcome:
    votes = {CandidateId(line.candidate): line.votes for line in result.tally}
    return outcome(grounds.contest, votes, require_figures(grounds).base, settings=grounds.settings)


def _heading(folder: CountFolder, result: ResultDocument, digest: str) -> MinutesInput:
    """All that does not hang on who is elected."""
    grounds, worksheet = folder.grounds, require_figures(folder.grounds)
    congress, contest, told = grounds.election.congress, grounds.contest, grounds.election.minutes
    return MinutesInput(
        form=congress.form,
        superior=congress.superior,
        organisation=congress.organisation,
        congress_title=congress.title,
        place=congress.place,
        on=_day(told, congress.closes),
        edition=grounds.edition.id,
        contest=contest.id,
        contest_title=contest.title,
        seats=contest.seats,
        ballot_form=grounds.form,
        base=_base(grounds, worksheet),
        present=worksheet.present,
        # Those of the base who did not vote; whoever was deducted stands in the worksheet line by line.
        absent=max(0, worksheet.base - worksheet.present),
        ballots=_ballots(grounds, result),
        candidates=_candidates(grounds, result),
        digest=digest,
        software="Daihoi",
        version=folder.opened.software.rpartition(" ")[2],
        round=contest.round,
        round_kind=contest.round_kind,
        alternates_wanted=contest.alternates,
        shortfall_rule=grounds.settings.shortfall,
        board=tuple(BoardLine(member.name, member.role, member.unit) for member in grounds.election.board),
        presidium_head=told.presidium_head,
        opened=told.opened,
        closed=told.closed,
        copies=told.copies,
        settings=tuple(_settings(grounds)),
        overrides=grounds.election.overrides,
        warnings=_warnings(grounds),
        rehearsal=folder.opened.rehearsal,
        hd05_from=grounds.settings.layout_profile_day,
        learned_sheet=folder.learned,
        readers=_readers(folder),
    )


def _readers(folder: CountFolder) -> tuple[ReadersLine, ...]:
    lines = []
    for facts in readers_in(folder.journal.entries):
        listed = facts["readers"]
        held = listed if isinstance(listed, list | tuple) else ()
        readers = tuple((str(one["reader"]), str(one["sha256"])) for one in held)
        lines.append(ReadersLine(str(facts["software"]), str(facts["source"]), readers))
    return tuple(lines)


def _day(told: MinutesFacts, closes: date) -> date:
    """The day of the count, which may be days before the congress closes; `closes` where only free words tell."""
    for moment in (told.closed, told.opened):
        try:
            known = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
        except ValueError:
            continue
        if known is not None:
            return known.date()
    return closes


def _settings(grounds: Grounds) -> Iterator[SettingLine]:
    for term, value in grounds.settings.unconfirmed(grounds.edition):
        # [minutes] copies goes before [rules]: the annex must not say another number than the last page.
        held = grounds.election.minutes.copies if term.name == "minutes_copies" else value
        yield SettingLine(term.name, str(held), term.clause_under(grounds.edition))


def _base(grounds: Grounds, worksheet: BaseWorksheet) -> BaseLines:
    return BaseLines(
        summoned=worksheet.summoned,
        deductions=tuple(DeductionLine(line.ground, line.count, line.note) for line in worksheet.deductions),
        base=worksheet.base,
        needed=worksheet.needed,
        clause=grounds.edition.clause(_BASE_TOPICS[worksheet.form]),
    )


def _ballots(grounds: Grounds, result: ResultDocument) -> BallotLines:
    figures = grounds.figures
    issued, collected = result.issued or 0, result.collected or 0
    return BallotLines(
        issued=issued,
        collected=collected,
        valid=result.valid,
        invalid=result.invalid,
        not_returned=issued - collected,
        printed=figures.printed,
        spoiled=figures.spoiled,
        unused=figures.unused,
        invalid_by_ground=tuple(
            (ground, result.invalid_by_ground[ground])
            for ground in InvalidGround
            if result.invalid_by_ground.get(ground)
        ),
    )


def _candidates(grounds: Grounds, result: ResultDocument) -> tuple[CandidateLine, ...]:
    notes = {one.candidate: one.note for one in listed(grounds.contest.candidates)}
    names = {str(one.id): one.name for one in grounds.contest.candidates}
    return tuple(
        CandidateLine(
            line.candidate,
            names[line.candidate],
            line.votes,
            percent_of(line.votes, result.base),
            line.outcome,
            notes[line.candidate],
        )
        for line in result.tally
    )


def _warnings(grounds: Grounds) -> tuple[WarningLine, ...]:
    return tuple(
        WarningLine(finding.check, finding.clause, finding.fields)
        for finding in require_list_of(grounds)
        if finding.severity is Severity.WARN
    )


def _decisions_made(folder: CountFolder) -> Mapping[Place, Entry]:
    """The answer that holds on each place."""
    made: dict[Place, Entry] = {}
    for entry in folder.journal.entries:
        if entry.kind == "decision.made":
            made[place_in(entry)] = entry
        elif entry.kind == WITHDRAWN:
            made.pop(place_in(entry), None)
    return made


def _decisions(folder: CountFolder, derived: Derived) -> Iterator[DecisionLine]:
    made = _decisions_made(folder)
    removed = {one.ballot for one in derived.judged if one.assembled.sheet.removed}
    for row in derived.rows:
        entry = made.get(row.place)
        if entry is not None and not row.ballot.startswith(PAGE) and row.ballot not in removed:
            yield DecisionLine(
                row.ballot, row.decision, entry.by or "", row.candidate, row.reason, row.proposal, entry.at
            )


def _refused(folder: CountFolder, derived: Derived) -> Iterator[RefusedLine]:
    """Pages that asked, and slips of batches that were counted again."""
    made = _decisions_made(folder)
    for batch in derived.piles.batches:
        entry = made.get((batch.slip.ref, ""))
        # Of a batch that agrees by now nothing is to be told.
        if entry is not None and batch.differs:
            refusal = Refusal(RefusalReason.BATCH_COUNT, str(batch.scanned), str(batch.ballots))
            yield _refused_line(batch.slip, refusal, entry)
    for one in derived.judged:
        for page, refusal in () if one.assembled.sheet.removed else refused_on(one.assembled.sheet):
            yield _refused_line(page, refusal, made.get((page.ref, "")))


def _removed(entry: Entry) -> RemovedLine:
    kind, _, name = str(entry.facts["batch"]).partition(":")
    # Of a slip people know the number of the batch and how many there are; the third figure is its ballots by hand.
    slip = "/".join(name.split("/")[:2]) if kind == "slip" else ""
    folder = name if kind == "folder" else ""
    reason = str(entry.facts["reason"])
    return RemovedLine(slip, folder, len(pages_removed_by(entry)), reason, entry.by or "", entry.at)


def _refused_line(scan: SeenScan, refusal: Refusal, answer: Entry | None) -> RefusedLine:
    said = ("", "", None) if answer is None else (str(answer.facts["decision"]), answer.by or "", answer.at)
    return RefusedLine(scan.file, scan.index, refusal.reason, refusal.found, refusal.expected, *said)
