"""Summons to delegates (D19): one person a page, single or all in one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from daihoi.papers.congress import letter
from daihoi.papers.congress.people import born_vi, right_of
from daihoi.papers.congress.terms import Congress, Files, Issue
from daihoi.papers.official.blocks import Block, Paragraph, Role, Signing, Title
from daihoi.papers.official.heading import title_lines
from daihoi.papers.official.profiles import Profile
from daihoi.rules.credentials.terms import Delegate, UnitId
from daihoi.words.congress import letters as s


def summonses(
    congress: Congress,
    issue: Issue,
    delegates: Sequence[Delegate],
    units: Mapping[UnitId, str],
    *,
    notes: Sequence[str] = s.SUMMONS_NOTES,
) -> Files:
    """A summons for each delegate in the order given; one delegate makes a single paper.

    `units` are the names of the units by id; `notes` may say {committee}. NothingToPrintError, LetterMissingError.
    """
    profile = letter.profile_of(congress, issue)
    papers = [_paper(congress, issue, one, units, notes, profile) for one in delegates]
    about = f"{congress.superior} - {congress.organisation}"
    title = f"{s.SUMMONS} {s.SUMMONS_ABSTRACT.format(congress=congress.title)}"
    return letter.files(profile, title, about, letter.in_one_file(papers, s.SUMMONS))


def _paper(
    congress: Congress,
    issue: Issue,
    delegate: Delegate,
    units: Mapping[UnitId, str],
    notes: Sequence[str],
    profile: Profile,
) -> tuple[Block, ...]:
    return (
        letter.heading(congress, issue),
        Title(s.SUMMONS, title_lines(s.SUMMONS_ABSTRACT.format(congress=congress.title), profile)),
        Paragraph(s.SUMMONS_OPENING.format(committee=congress.committee), Role.CENTRE),
        Paragraph(s.COMRADE.format(name=delegate.person.name), Role.NAME),
        letter.fields((*_told(delegate, units), *letter.when_and_where(congress)), profile),
        Signing(
            # Not str.format: a note that an organisation wrote may hold any brace.
            tuple(Paragraph(note.replace("{committee}", congress.committee)) for note in notes),
            s.RECIPIENTS,
            letter.recipients(issue, profile),
            letter.signature(issue),
            delegate.code,
            tuple(line.replace("{code}", delegate.code) for line in s.CODE) if delegate.code else (),
        ),
    )


def _told(delegate: Delegate, units: Mapping[UnitId, str]) -> tuple[tuple[str, str], ...]:
    seat = s.SEAT.format(seat=delegate.seat) if delegate.seat else ""
    told = {
        "born": born_vi(delegate.person.born),
        "post": delegate.person.post,
        "unit": units.get(delegate.unit, delegate.unit),
        "category": right_of(delegate),
        "group": ", ".join(part for part in (delegate.group, seat) if part),
    }
    return tuple((s.FIELDS[key], text) for key, text in told.items())
