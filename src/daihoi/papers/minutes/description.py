"""From the facts of a count to the blocks of its minutes, in the order of the official paper (rules 9.6)."""

from __future__ import annotations

import re

from daihoi.papers.minutes import annexes
from daihoi.papers.minutes.errors import DigestMalformed, EditionWithoutBasis
from daihoi.papers.minutes.result_part import elected_section, votes_section
from daihoi.papers.minutes.sample_annex import sample_annex
from daihoi.papers.minutes.terms import MinutesInput
from daihoi.papers.minutes.told import Told, named
from daihoi.papers.official.blocks import (
    Align,
    Block,
    Closing,
    Column,
    Description,
    Digest,
    Heading,
    Paragraph,
    Role,
    Row,
    Signature,
    Table,
    Title,
    literal,
)
from daihoi.papers.official.heading import heading_lines, place_and_day
from daihoi.papers.official.profiles import profile_for
from daihoi.rules.terms import BallotForm, InvalidGround, RoundKind
from daihoi.words.minutes import sentences as s
from daihoi.words.minutes.answers import GROUNDS, ROUNDS
from daihoi.words.minutes.basis import basis
from daihoi.words.minutes.figures import (
    DOTS,
    LONG_DOTS,
    SHORT_DOTS,
    bare_title,
    clause_vi,
    date_vi,
    moment_vi,
    number_vi,
    years_kept,
)
from daihoi.words.minutes.voters import DEDUCTIONS, VOTERS


def describe(facts: MinutesInput) -> Description:
    """The whole paper as blocks; raises the family of `errors` for facts that contradict themselves."""
    if not re.fullmatch(r"[0-9a-f]{64}", facts.digest):
        raise DigestMalformed(digest=facts.digest)
    told = Told(
        facts,
        VOTERS[facts.form],
        profile_for(facts.on, facts.hd05_from),
        {line.id: line for line in facts.candidates},
    )
    blocks: tuple[Block, ...] = (
        _heading(told),
        _title(facts),
        *_basis(facts),
        *_board(facts),
        *_list(told),
        *_base(told),
        *_ballots(facts),
        *votes_section(facts),
        *elected_section(told),
        _closing(told),
        *annexes.settings_annex(facts),
        *annexes.decisions_annex(facts),
        *sample_annex(facts),
    )
    running = s.REHEARSAL if facts.rehearsal else ""
    title = f"{s.KIND} {s.ABSTRACT.format(title=bare_title(facts.contest_title))}"
    about = f"{facts.superior} - {facts.organisation}"
    return literal(Description(told.profile, title, about, running, blocks, _missing(facts)))


def _heading(told: Told) -> Heading:
    facts = told.facts
    return Heading(
        congress=heading_lines(facts.congress_title, facts.organisation),
        board=s.BOARD_CAPS,
        number=f"{s.NUMBER} {SHORT_DOTS}{told.voters.number_suffix}",
        nation=s.NATION,
        place_day=place_and_day(facts.place, date_vi(facts.on)),
    )


def _title(facts: MinutesInput) -> Title:
    lines = [years_kept(s.ABSTRACT.format(title=bare_title(facts.contest_title)))]
    # Minutes of two rounds of one contest lie in one file: the title alone must tell them apart.
    if facts.round > 1 or facts.round_kind is not RoundKind.FIRST:
        lines.append(ROUNDS[facts.round_kind].format(round=number_vi(facts.round)))
    return Title(s.KIND, tuple(lines), s.REHEARSAL if facts.rehearsal else "")


def _basis(facts: MinutesInput) -> tuple[Block, ...]:
    try:
        lines = basis(facts.edition, facts.on)
    except KeyError:
        raise EditionWithoutBasis(edition=facts.edition) from None
    # HD 36-HD/VPTW: each ground of law ends with a semicolon, the last with a comma.
    ends = [";"] * (len(lines) - 1) + [","]
    opening = s.OPENING.format(
        opened=moment_vi(facts.opened, facts.on),
        place=facts.place,
        congress=facts.congress_title,
        title=bare_title(facts.contest_title),
    )
    basis_lines = (Paragraph(f"- {line}{end}", Role.BASIS) for line, end in zip(lines, ends, strict=True))
    return (*basis_lines, Paragraph(years_kept(opening)))


def _board(facts: MinutesInput) -> tuple[Block, ...]:
    head = Paragraph(s.BOARD_HEAD, Role.SECTION)
    if not facts.board:
        return (head, Paragraph(s.BOARD_INTRO.format(count=SHORT_DOTS)), Paragraph(LONG_DOTS))
    members = []
    for number, member in enumerate(facts.board, start=1):
        said = ", ".join(part for part in (s.BOARD_LINE.format(name=member.name), member.unit, member.role) if part)
        end = "." if number == len(facts.board) else ";"
        members.append(Paragraph(f"- {said}{end}", Role.BASIS))
    return (head, Paragraph(s.BOARD_INTRO.format(count=number_vi(len(facts.board))), Role.INTRO), *members)


def _list(told: Told) -> tuple[Block, ...]:
    facts = told.facts
    form = s.FORM_STRIKE if facts.ballot_form is BallotForm.STRIKE_OUT else s.FORM_AGREE
    seats = s.SEATS.format(seats=number_vi(facts.seats))
    if facts.alternates_wanted:
        seats = f"{seats} {s.ALTERNATES.format(count=number_vi(facts.alternates_wanted))}"
    voter = told.voters.voter
    names = [f"{number}. {named(line)}" for number, line in enumerate(facts.candidates, start=1)]
    # Pairs side by side read in ballot order from left to right, so a page break never tears the order apart.
    pairs = [names[start : start + 2] for start in range(0, len(names), 2)]
    half = told.profile.width_mm / 2
    return (
        Paragraph(s.LIST_HEAD, Role.SECTION),
        Paragraph(f"{seats} {form.format(voter=voter)}"),
        Paragraph(s.LIST_INTRO.format(count=number_vi(len(names))) if len(names) > 1 else s.LIST_ONE, Role.INTRO),
        Table(
            (Column("", half), Column("", half)),
            tuple(Row((pair[0], pair[1] if len(pair) > 1 else "")) for pair in pairs),
            ruled=False,
        ),
    )


def _figures(columns: tuple[str, str], rows: list[Row]) -> Table:
    return Table((Column(columns[0], 133), Column(columns[1], 32, Align.CENTRE)), tuple(rows))


def _base(told: Told) -> tuple[Block, ...]:
    facts, base = told.facts, told.facts.base
    rows = [Row((told.voters.summoned, number_vi(base.summoned)))]
    for deduction in base.deductions:
        text = s.DEDUCTED.format(ground=DEDUCTIONS[deduction.ground])
        rows.append(Row((f"{text} ({deduction.note})" if deduction.note else text, number_vi(deduction.count))))
    rows += [
        Row((s.BASE, number_vi(base.base)), strong=True),
        Row((s.NEEDED, number_vi(base.needed)), strong=True),
        Row((s.PRESENT, number_vi(facts.present))),
        Row((s.ABSENT, number_vi(facts.absent))),
    ]
    clause = s.BASE_CLAUSE.format(clause=clause_vi(base.clause)) if base.clause else f"{s.BASE}:"
    return (
        Paragraph(s.BASE_HEAD, Role.SECTION),
        Paragraph(clause, Role.INTRO),
        _figures(s.BASE_COLUMNS, rows),
    )


def _ballots(facts: MinutesInput) -> tuple[Block, ...]:
    given = facts.ballots
    rows = [
        Row((label, SHORT_DOTS if figure is None else number_vi(figure)))
        for label, figure in (
            (s.PRINTED, given.printed),
            (s.SPOILED, given.spoiled),
            (s.UNUSED, given.unused),
            (s.ISSUED, given.issued),
            (s.COLLECTED, given.collected),
            (s.NOT_RETURNED, given.not_returned),
            (s.VALID, given.valid),
            (s.INVALID, given.invalid),
        )
    ]
    for ground, count in given.invalid_by_ground:
        rows.append(Row((s.INVALID_OF_WHICH.format(ground=GROUNDS[ground]), number_vi(count))))
    blocks: tuple[Block, ...] = (Paragraph(s.BALLOTS_HEAD, Role.SECTION), _figures(s.BALLOTS_COLUMNS, rows))
    return (*blocks, *_clear_invalid(facts))


def _clear_invalid(facts: MinutesInput) -> tuple[Block, ...]:
    if not facts.clear_invalid:
        return ()
    # By ground and not by ballot: the board confirms a class of cases as a body, not a hundred single ones.
    grouped: dict[tuple[InvalidGround, ...], list[str]] = {}
    for ballot in facts.clear_invalid:
        grouped.setdefault(ballot.grounds, []).append(ballot.ballot)
    said = "; ".join(
        f"{', '.join(GROUNDS[ground] for ground in grounds)}: {', '.join(ballots)}"
        for grounds, ballots in grouped.items()
    )
    return (Paragraph(s.CLEAR_INVALID.format(count=number_vi(len(facts.clear_invalid)), ballots=said)),)


def _closing(told: Told) -> Closing:
    facts = told.facts
    copies = s.COPIES.format(copies=number_vi(facts.copies), sitting=told.voters.sitting)
    # Groups of four can be read aloud and typed: `verify --digest` takes them with their spaces.
    groups = [facts.digest[start : start + 4] for start in range(0, len(facts.digest), 4)]
    head = board_head(facts)
    return Closing(
        paragraphs=(
            Paragraph(s.CLOSING.format(closed=moment_vi(facts.closed, facts.on))),
            Paragraph(copies + told.profile.end_mark),
        ),
        left=Signature(s.SIGN_PRESIDIUM, "", facts.presidium_head or DOTS),
        right=Signature(s.SIGN_BOARD, s.SIGN_HEAD, head or DOTS),
        digest=Digest(s.DIGEST, (" ".join(groups[:8]), " ".join(groups[8:])), s.DIGEST_USE, facts.digest),
    )


def board_head(facts: MinutesInput) -> str:
    """The head of the board: the first whose role begins with "trưởng" or "tổ trưởng"; empty when there is none."""
    for member in facts.board:
        if member.role.casefold().startswith(("trưởng", "tổ trưởng")):
            return member.name
    return ""


def _missing(facts: MinutesInput) -> tuple[str, ...]:
    """Keys of ELECTION.toml whose place is a dotted line."""
    contest = f"contests.{facts.contest}.ballots"
    # None alone is missing: a nought that the board counted is a figure.
    given: tuple[tuple[str, object], ...] = (
        ("board", facts.board or None),
        ("board.role", board_head(facts) or None if facts.board else True),
        ("minutes.presidium_head", facts.presidium_head or None),
        ("minutes.opened", facts.opened or None),
        ("minutes.closed", facts.closed or None),
        (f"{contest}.printed", facts.ballots.printed),
        (f"{contest}.spoiled", facts.ballots.spoiled),
        (f"{contest}.unused", facts.ballots.unused),
    )
    return tuple(key for key, value in given if value is None)
