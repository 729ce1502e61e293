"""Invitations to guests (D19), in the order of their rank; a guest without a name gets a line to write on."""

from __future__ import annotations

from collections.abc import Sequence

from daihoi.papers.congress import letter
from daihoi.papers.congress.terms import Congress, Files, Guest, Issue
from daihoi.papers.official.blocks import Block, Paragraph, Role, Signing, Title
from daihoi.papers.official.profiles import Profile
from daihoi.words.congress import letters as s
from daihoi.words.minutes.figures import years_kept


def invitations(
    congress: Congress, issue: Issue, guests: Sequence[Guest], *, notes: Sequence[str] = s.INVITATION_NOTES
) -> Files:
    """An invitation for each guest by rank, equals as given; `notes` may say {address}.

    NothingToPrintError, LetterMissingError.
    """
    profile = letter.profile_of(congress, issue)
    ordered = sorted(guests, key=lambda guest: guest.rank)
    papers = [_paper(congress, issue, guest, notes, profile) for guest in ordered]
    about = f"{congress.superior} - {congress.organisation}"
    return letter.files(profile, f"{s.INVITATION}: {congress.title}", about, letter.in_one_file(papers, s.INVITATION))


def _paper(congress: Congress, issue: Issue, guest: Guest, notes: Sequence[str], profile: Profile) -> tuple[Block, ...]:
    congress_named = years_kept(congress.title)
    who = [line for line in (guest.post, guest.organisation) if line]
    address = guest.address[:1].lower() + guest.address[1:]
    return (
        letter.heading(congress, issue),
        Title(s.INVITATION, ()),
        Paragraph(s.INVITATION_OPENING.format(committee=congress.committee), Role.CENTRE),
        Paragraph(s.INVITED.format(address=guest.address, name=guest.name or s.NO_NAME), Role.NAME),
        *(Paragraph(line, Role.CENTRE) for line in who),
        Paragraph(s.INVITED_TO.format(congress=congress_named)),
        letter.fields(letter.when_and_where(congress), profile),
        Signing(
            tuple(Paragraph(note.replace("{address}", address)) for note in notes),
            s.RECIPIENTS,
            letter.recipients(issue, profile),
            letter.signature(issue),
            guest.code,
            tuple(line.replace("{code}", guest.code) for line in s.CODE) if guest.code else (),
        ),
    )
