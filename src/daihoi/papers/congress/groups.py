"""Lists of delegate groups (D19): each group on pages of its own, nobody left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from daihoi.papers.congress import letter
from daihoi.papers.congress.people import in_name_order
from daihoi.papers.congress.terms import Congress, DelegateGroup, Files, Issue
from daihoi.papers.official.blocks import Align, Block, Column, Paragraph, Role, Row, Signing, Table, Title
from daihoi.papers.official.heading import title_lines
from daihoi.papers.official.profiles import Profile
from daihoi.rules.credentials.terms import Category, Delegate, DelegateId, UnitId
from daihoi.words.congress import letters as s
from daihoi.words.minutes.figures import number_vi

_WIDTHS_MM = (10.0, 42.0, 14.0, 59.0, 16.0, 24.0)


def group_lists(
    congress: Congress,
    issue: Issue,
    groups: Sequence[DelegateGroup],
    delegates: Sequence[Delegate],
    units: Mapping[UnitId, str],
) -> Files:
    """A list for each group; delegates of no group, or of one that is not named, follow on a list of their own.

    NothingToPrintError where there is neither a group nor a delegate; LetterMissingError.
    """
    profile = letter.profile_of(congress, issue)
    named = {group.name for group in groups}
    placed = [(group, [one for one in delegates if one.group == group.name]) for group in groups]
    left = [one for one in delegates if one.group not in named]
    if left:
        placed.append((DelegateGroup(s.NO_GROUP), left))
    names = {one.id: one.person.name for one in delegates}
    papers = [_paper(congress, issue, group, members, units, names, profile) for group, members in placed]
    title = f"{s.GROUP_LIST} {s.GROUP_ABSTRACT.format(group='', congress=congress.title).strip()}"
    return letter.files(
        profile, title, f"{congress.superior} - {congress.organisation}", letter.in_one_file(papers, s.GROUP_LIST)
    )


def _paper(
    congress: Congress,
    issue: Issue,
    group: DelegateGroup,
    members: Sequence[Delegate],
    units: Mapping[UnitId, str],
    names: Mapping[DelegateId, str],
    profile: Profile,
) -> tuple[Block, ...]:
    head, secretary = (names.get(one, one) if one else "" for one in (group.head, group.secretary))
    told = (
        (s.GROUP_HEAD.format(name=head), head),
        (s.GROUP_SECRETARY.format(name=secretary), secretary),
        (s.GROUP_ROOM.format(room=group.room), group.room),
        (s.GROUP_TOPICS.format(topics="; ".join(group.topics)), group.topics),
    )
    count = s.GROUP_COUNT.format(count=number_vi(len(members))) if members else s.GROUP_NOBODY
    return (
        letter.heading(congress, issue),
        Title(s.GROUP_LIST, title_lines(s.GROUP_ABSTRACT.format(group=group.name, congress=congress.title), profile)),
        *(Paragraph(line, Role.BASIS) for line, given in told if given),
        Paragraph(count, Role.INTRO),
        *((_table(group, members, units),) if members else ()),
        Signing((), s.RECIPIENTS, letter.recipients(issue, profile), letter.signature(issue)),
    )


def _table(group: DelegateGroup, members: Sequence[Delegate], units: Mapping[UnitId, str]) -> Table:
    centred = (0, 2, 4)
    columns = tuple(
        Column(title, width, Align.CENTRE if place in centred else Align.LEFT)
        for place, (title, width) in enumerate(zip(s.GROUP_COLUMNS, _WIDTHS_MM, strict=True))
    )
    rows = tuple(_row(number, group, one, units) for number, one in enumerate(in_name_order(members), start=1))
    return Table(columns, rows, size_pt=12)


def _row(number: int, group: DelegateGroup, one: Delegate, units: Mapping[UnitId, str]) -> Row:
    place = ", ".join(part for part in (one.person.post, units.get(one.unit, one.unit)) if part)
    notes = [s.GROUP_ROLES[role] for role, of in (("head", group.head), ("secretary", group.secretary)) if of == one.id]
    if one.category is Category.ALTERNATE:
        notes.append(s.ALTERNATE_NOTE)
    born = str(one.person.born.year) if one.person.born else ""
    return Row((str(number), one.person.name, born, place, one.seat, ", ".join(notes)))
