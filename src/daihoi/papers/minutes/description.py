"""From the facts of a count to the blocks of its minutes, in the order of the official paper (rules 9.6)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from daihoi.papers.minutes import annexes
from daihoi.papers.minutes.blocks import (
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
from daihoi.papers.minutes.errors import CandidateNotListed, DigestMalformed, EditionWithoutBasis
from daihoi.papers.minutes.profiles import Profile, profile_for
from daihoi.papers.minutes.terms import CandidateLine, MinutesInput, TieLine
from daihoi.rules.terms import BallotForm, InvalidGround, RoundKind
from daihoi.words.minutes import sentences as s
from daihoi.words.minutes.answers import GROUNDS, OUTCOMES, ROUNDS
from daihoi.words.minutes.basis import basis
from daihoi.words.minutes.figures import (
    DOTS,
    LONG_DOTS,
    SHORT_DOTS,
    clause_vi,
    date_vi,
    moment_vi,
    number_vi,
    percent_vi,
)
from daihoi.words.minutes.voters import DEDUCTIONS, VOTERS, Voters

_NBSP = "\u00a0"
_HEADING_LINE = 25
"""Capitals of 14 pt that fit into the left column of 78 mm: 3.1 mm each in Tinos."""


@dataclass(frozen=True)
class _Told:
    """The facts with what every section needs of them."""

    facts: MinutesInput
    voters: Voters
    profile: Profile
    by_id: dict[str, CandidateLine]

    def line(self, candidate: str) -> CandidateLine:
        """The candidate of that id; CandidateNotListed when the result names somebody else."""
        if candidate not in self.by_id:
            raise CandidateNotListed(candidate=candidate, contest=self.facts.contest)
        return self.by_id[candidate]


def describe(facts: MinutesInput) -> Description:
    """The whole paper as blocks; raises the family of `errors` for facts that contradict themselves."""
    if not re.fullmatch(r"[0-9a-f]{64}", facts.digest):
        raise DigestMalformed(digest=facts.digest)
    told = _Told(
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
        *_result(facts),
        *_elected(told),
        _closing(told),
        *annexes.settings_annex(facts),
        *annexes.decisions_annex(facts),
    )
    running = s.REHEARSAL if facts.rehearsal else ""
    title = f"{s.KIND} {s.ABSTRACT.format(title=_bare(facts.contest_title))}"
    about = f"{facts.superior} - {facts.organisation}"
    return literal(Description(told.profile, title, about, running, blocks, _missing(facts)))


def named(line: CandidateLine) -> str:
    """A name with what tells it apart from its equals."""
    return f"{line.name} ({line.note})" if line.note else line.name


def _heading(told: _Told) -> Heading:
    facts = told.facts
    day = date_vi(facts.on).replace(" ", _NBSP)
    return Heading(
        congress=heading_lines(facts.congress_title, facts.organisation),
        board=s.BOARD_CAPS,
        number=f"{s.NUMBER}{_NBSP}{SHORT_DOTS}{told.voters.number_suffix}",
        nation=s.NATION,
        place_day=f"{facts.place.replace(' ', _NBSP)}, {day}",
    )


def heading_lines(title: str, organisation: str) -> tuple[str, ...]:
    """The congress in capitals, broken where an official paper breaks it; the term is left out beside an ordinal.

    The organisation follows in a line of its own where the title does not name it.
    """
    capitals, whose = (unicodedata.normalize("NFC", " ".join(text.split())).upper() for text in (title, organisation))
    if "LẦN THỨ" in capitals:
        capitals = re.sub(r"[,\s]*\(?NHIỆM KỲ.*$", "", capitals)
    parts = re.split(r"\s+(?=(?:ĐẢNG BỘ|CHI BỘ|BAN CHẤP HÀNH|ỦY BAN KIỂM TRA)\b)", capitals)
    if whose not in capitals:
        parts.append(whose)
    lines: list[str] = []
    for part in parts:
        tail = re.search(r"(?<=\s)(?:LẦN THỨ|NHIỆM KỲ|KHÓA)\b.*$", part)
        if tail and len(part) > _HEADING_LINE:
            lines += [*_balanced(part[: tail.start()].strip(" ,")), *_balanced(tail.group())]
        else:
            lines += _balanced(part)
    return tuple(line for line in lines if line)


def _balanced(line: str) -> list[str]:
    """A line that is too wide as lines of about equal length: one word alone under a full line looks torn off."""
    wanted = -(-len(line) // _HEADING_LINE)
    if wanted < 2 or " " not in line:
        return [line]
    target = len(line) / wanted
    spaces = [found.start() for found in re.finditer(" ", line)]
    cut = min(spaces, key=lambda space: abs(space - target))
    return [line[:cut], *_balanced(line[cut + 1 :])]


def _title(facts: MinutesInput) -> Title:
    lines = [s.ABSTRACT.format(title=_bare(facts.contest_title))]
    if facts.round > 1 or facts.round_kind is not RoundKind.FIRST:
        lines.append(ROUNDS[facts.round_kind].format(round=number_vi(facts.round)))
    return Title(s.KIND, tuple(lines), s.REHEARSAL if facts.rehearsal else "")


def _bare(title: str) -> str:
    """A title that already begins with "bầu" must not say it twice."""
    tidy = " ".join(title.split())
    return tidy[4:] if tidy[:4].casefold() == "bầu " else tidy


def _basis(facts: MinutesInput) -> tuple[Block, ...]:
    try:
        lines = basis(facts.edition, facts.on)
    except KeyError:
        raise EditionWithoutBasis(edition=facts.edition) from None
    ends = [";"] * (len(lines) - 1) + [","]
    opening = s.OPENING.format(
        opened=moment_vi(facts.opened),
        place=facts.place,
        congress=facts.congress_title,
        title=_bare(facts.contest_title),
    )
    basis_lines = (Paragraph(f"- {line}{end}", Role.BASIS) for line, end in zip(lines, ends, strict=True))
    return (*basis_lines, Paragraph(opening))


def _board(facts: MinutesInput) -> tuple[Block, ...]:
    head = Paragraph(s.BOARD_HEAD, Role.SECTION)
    if not facts.board:
        return (head, Paragraph(s.BOARD_INTRO.format(count=SHORT_DOTS)), Paragraph(LONG_DOTS))
    members = []
    for number, member in enumerate(facts.board, start=1):
        said = ", ".join(part for part in (s.BOARD_LINE.format(name=member.name), member.unit, member.role) if part)
        end = "." if number == len(facts.board) else ";"
        members.append(Paragraph(f"-{_NBSP}{said}{end}", Role.BASIS))
    return (head, Paragraph(s.BOARD_INTRO.format(count=number_vi(len(facts.board))), Role.INTRO), *members)


def _list(told: _Told) -> tuple[Block, ...]:
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
        Paragraph(s.LIST_INTRO.format(count=number_vi(len(names))), Role.INTRO),
        Table(
            (Column("", half), Column("", half)),
            tuple(Row((pair[0], pair[1] if len(pair) > 1 else "")) for pair in pairs),
            ruled=False,
        ),
    )


def _figures(columns: tuple[str, str], rows: list[Row]) -> Table:
    return Table((Column(columns[0], 133), Column(columns[1], 32, Align.CENTRE)), tuple(rows))


def _base(told: _Told) -> tuple[Block, ...]:
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
    grouped: dict[tuple[InvalidGround, ...], list[str]] = {}
    for ballot in facts.clear_invalid:
        grouped.setdefault(ballot.grounds, []).append(ballot.ballot)
    said = "; ".join(
        f"{', '.join(GROUNDS[ground] for ground in grounds)}: {', '.join(ballots)}"
        for grounds, ballots in grouped.items()
    )
    return (Paragraph(s.CLEAR_INVALID.format(count=number_vi(len(facts.clear_invalid)), ballots=said)),)


def _result(facts: MinutesInput) -> tuple[Block, ...]:
    titles = s.RESULT_COLUMNS
    columns = (
        Column(titles[0], 12, Align.CENTRE),
        Column(titles[1], 65),
        Column(titles[2], 21, Align.CENTRE),
        Column(titles[3], 22, Align.CENTRE),
        Column(titles[4], 45),
    )
    rows = tuple(
        Row((str(number), named(line), number_vi(line.votes), percent_vi(line.percent_of_base), OUTCOMES[line.outcome]))
        for number, line in enumerate(facts.candidates, start=1)
    )
    intro = s.RESULT_INTRO.format(base=number_vi(facts.base.base))
    return (Paragraph(s.RESULT_HEAD, Role.SECTION), Paragraph(intro, Role.INTRO), Table(columns, rows))


def _ranked(told: _Told, ids: tuple[str, ...]) -> Table:
    titles = s.RESULT_COLUMNS
    columns = (
        Column(titles[0], 12, Align.CENTRE),
        Column(titles[1], 93),
        Column(titles[2], 28, Align.CENTRE),
        Column(titles[3], 32, Align.CENTRE),
    )
    lines = [told.line(candidate) for candidate in ids]
    rows = (
        Row((str(number), named(line), number_vi(line.votes), percent_vi(line.percent_of_base)))
        for number, line in enumerate(lines, start=1)
    )
    return Table(columns, tuple(rows))


def _elected(told: _Told) -> tuple[Block, ...]:
    facts = told.facts
    blocks: list[Block] = [Paragraph(s.ELECTED_HEAD, Role.SECTION)]
    if facts.elected:
        intro = s.ELECTED_INTRO.format(count=number_vi(len(facts.elected)))
        blocks += [Paragraph(intro, Role.INTRO), _ranked(told, facts.elected)]
    else:
        blocks.append(Paragraph(s.ELECTED_NOBODY))
    if facts.alternates:
        intro = s.ALTERNATES_INTRO.format(count=number_vi(len(facts.alternates)))
        blocks += [Paragraph(intro, Role.INTRO), _ranked(told, facts.alternates)]
    blocks += [Paragraph(_tie(told, tie)) for tie in facts.ties]
    if facts.shortfall:
        again = facts.shortfall_rule == "vote_again_then_congress_decides"
        text = (s.SHORTFALL_VOTE_AGAIN if again else s.SHORTFALL).format(
            count=number_vi(facts.shortfall), sitting=told.voters.sitting
        )
        blocks.append(Paragraph(text))
    blocks += [Paragraph(text) for text in _alternates_open(told)]
    if facts.by_plurality:
        blocks.append(Paragraph(s.PLURALITY))
    return tuple(blocks)


def _alternates_open(told: _Told) -> list[str]:
    """What the sitting must still settle about alternates."""
    facts, sitting = told.facts, told.voters.sitting
    said = [
        s.EQUAL_ALTERNATES.format(names=_with_votes(told, group), sitting=sitting) for group in facts.equal_alternates
    ]
    if facts.awaiting_alternates:
        said.append(s.AWAITING_ALTERNATES.format(names=_with_votes(told, facts.awaiting_alternates)))
    if facts.alternates_shortfall:
        said.append(s.ALTERNATES_SHORTFALL.format(count=number_vi(facts.alternates_shortfall), sitting=sitting))
    return said


def _with_votes(told: _Told, ids: tuple[str, ...]) -> str:
    lines = (told.line(candidate) for candidate in ids)
    return ", ".join(s.VOTES_OF.format(name=named(line), votes=number_vi(line.votes)) for line in lines)


def _tie(told: _Told, tie: TieLine) -> str:
    # A tie among those who were already voted on again is for the sitting to settle: no lots, no age.
    again = told.facts.round_kind is RoundKind.TIE_REBALLOT
    template = s.TIE_AGAIN if again else s.TIE
    names = _with_votes(told, tie.candidates)
    return template.format(names=names, seats=number_vi(tie.seats), sitting=told.voters.sitting)


def _closing(told: _Told) -> Closing:
    facts = told.facts
    copies = s.COPIES.format(copies=number_vi(facts.copies), sitting=told.voters.sitting)
    groups = [facts.digest[start : start + 4] for start in range(0, len(facts.digest), 4)]
    head = board_head(facts)
    return Closing(
        paragraphs=(
            Paragraph(s.CLOSING.format(closed=moment_vi(facts.closed))),
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
