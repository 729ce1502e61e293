"""The sections of the minutes that tell the result: votes, the elected, and what the congress must still decide."""

from __future__ import annotations

from daihoi.papers.minutes.terms import MinutesInput, TieLine
from daihoi.papers.minutes.told import Told, named
from daihoi.papers.official.blocks import Align, Block, Column, Paragraph, Role, Row, Table
from daihoi.rules.terms import RoundKind
from daihoi.words.minutes import sentences as s
from daihoi.words.minutes.answers import OUTCOMES
from daihoi.words.minutes.checks import PLURALITY
from daihoi.words.minutes.figures import number_vi, percent_vi


def votes_section(facts: MinutesInput) -> tuple[Block, ...]:
    titles = s.RESULT_COLUMNS
    columns = (
        Column(titles[0], 11, Align.CENTRE),
        Column(titles[1], 53.5),
        Column(titles[2], 21.5, Align.CENTRE),
        Column(titles[3], 20, Align.CENTRE),
        Column(titles[4], 59),
    )
    rows = tuple(
        Row((str(number), named(line), number_vi(line.votes), percent_vi(line.percent_of_base), OUTCOMES[line.outcome]))
        for number, line in enumerate(facts.candidates, start=1)
    )
    intro = s.RESULT_INTRO.format(base=number_vi(facts.base.base))
    return (Paragraph(s.RESULT_HEAD, Role.SECTION), Paragraph(intro, Role.INTRO), Table(columns, rows))


def _ranked(told: Told, ids: tuple[str, ...]) -> Table:
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


def elected_section(told: Told) -> tuple[Block, ...]:
    facts = told.facts
    # The order is the result's own: sorting here could break a tie that only the congress may settle.
    blocks: list[Block] = [Paragraph(s.ELECTED_HEAD, Role.SECTION)]
    if facts.elected:
        many = len(facts.elected) > 1
        intro = s.ELECTED_INTRO.format(count=number_vi(len(facts.elected))) if many else s.ELECTED_ONE
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
        blocks.append(Paragraph(s.PLURALITY.format(confirmation=_confirmation(facts))))
    return tuple(blocks)


def _confirmation(facts: MinutesInput) -> str:
    """Who confirmed that the higher vote elects without more than half, or that somebody still must."""
    for one in facts.overrides:
        if one.check == PLURALITY:
            template = s.PLURALITY_CONFIRMED_IN if one.document else s.PLURALITY_CONFIRMED
            return template.format(by=one.by, reason=one.reason, document=one.document)
    return s.PLURALITY_OPEN


def _alternates_open(told: Told) -> list[str]:
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


def _with_votes(told: Told, ids: tuple[str, ...]) -> str:
    lines = (told.line(candidate) for candidate in ids)
    return ", ".join(s.VOTES_OF.format(name=named(line), votes=number_vi(line.votes)) for line in lines)


def _tie(told: Told, tie: TieLine) -> str:
    # A tie among those who were already voted on again is for the sitting to settle: no lots, no age.
    again = told.facts.round_kind is RoundKind.TIE_REBALLOT
    if tie.for_alternates:
        template = s.TIE_ALTERNATES_AGAIN if again else s.TIE_ALTERNATES
    else:
        template = s.TIE_AGAIN if again else s.TIE
    names = _with_votes(told, tie.candidates)
    return template.format(names=names, seats=number_vi(tie.seats), sitting=told.voters.sitting)
