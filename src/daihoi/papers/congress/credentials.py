"""The report of the credentials board (D22): every figure from data, a sentence for each, the tables behind them.

The numbers are those of `rules.credentials.figures`; nothing is computed here but the percentages' digits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from daihoi.papers.congress import letter
from daihoi.papers.congress.credentials_annexes import annexes
from daihoi.papers.congress.credentials_lines import group_lines, share_vi, span_line
from daihoi.papers.congress.terms import Congress, Files, Issue
from daihoi.papers.official.blocks import Block, Heading, Paragraph, Role, Signature, Signing, Title
from daihoi.papers.official.heading import heading_lines, place_and_day, title_lines
from daihoi.papers.official.profiles import Profile
from daihoi.rules.credentials.figures import Figures, Topic
from daihoi.rules.credentials.quorum import Share
from daihoi.rules.credentials.roll import Replacement
from daihoi.rules.credentials.settings import PRESENT
from daihoi.rules.credentials.terms import Attendance, Complaints, Delegate, UnitId
from daihoi.rules.edition import edition_for
from daihoi.words.congress import report as s
from daihoi.words.congress.letters import RECIPIENTS
from daihoi.words.minutes.basis import basis
from daihoi.words.minutes.figures import DOTS, SHORT_DOTS, date_vi, number_vi, years_kept
from daihoi.words.minutes.sentences import NATION, NUMBER


@dataclass(frozen=True)
class CredentialsReport:
    """What the report says. `issue.signatory.name` is the head of the board.

    `edition` is `rules` Edition.id; empty for the one in force on the day the congress opens.
    """

    congress: Congress
    issue: Issue
    figures: Figures
    units: Mapping[UnitId, str]
    edition: str = ""


def credentials_report(report: CredentialsReport) -> Files:
    """DOCX and PDF of the whole report with its annexes. LetterMissingError; EditionError where no edition fits."""
    profile = letter.profile_of(report.congress, report.issue)
    title = f"{s.KIND} {s.ABSTRACT.format(congress=report.congress.title)}"
    about = f"{report.congress.superior} - {report.congress.organisation}"
    return letter.files(profile, title, about, blocks_of(report, profile))


def blocks_of(report: CredentialsReport, profile: Profile) -> tuple[Block, ...]:
    """The blocks of the paper in its order, for both files and for the tests."""
    told, number = annexes(report.figures, report.units)
    return (
        _heading(report),
        Title(s.KIND, title_lines(s.ABSTRACT.format(congress=report.congress.title), profile)),
        *_basis(report),
        *_called(report),
        *_groups(report),
        *_complaints(report.figures),
        *_quorum(report.figures, number),
        *_closing(report, profile),
        *told,
    )


def _heading(report: CredentialsReport) -> Heading:
    congress, issue = report.congress, report.issue
    return Heading(
        congress=heading_lines(congress.title, congress.organisation),
        board=s.BOARD,
        number=f"{NUMBER} {issue.number or SHORT_DOTS + s.SUFFIX}",
        nation=NATION,
        place_day=place_and_day(congress.place, date_vi(issue.on)),
    )


def _basis(report: CredentialsReport) -> tuple[Block, ...]:
    opens = min((session.begins.date() for session in report.congress.sessions), default=report.issue.on)
    edition = edition_for(opens, report.edition)
    lines = [s.STATUTES, *basis(edition.id, report.issue.on), s.ELECTIONS]
    ends = [";"] * (len(lines) - 1) + [","]
    return (
        *(Paragraph(f"- {line}{end}", Role.BASIS) for line, end in zip(lines, ends, strict=True)),
        Paragraph(s.OPENING),
    )


def _listed(lines: Sequence[str]) -> list[Paragraph]:
    """Dashes, semicolons, a full stop at the end."""
    last = len(lines) - 1
    return [Paragraph(f"- {line}{'.' if place == last else ';'}", Role.BASIS) for place, line in enumerate(lines)]


def _called(report: CredentialsReport) -> list[Block]:
    figures = report.figures
    called = figures.called
    sending = sum(1 for line in figures.units if line.called.summoned)
    present = share_vi(called.present, called.summoned)
    blocks: list[Block] = [
        Paragraph(s.CALLED_HEAD, Role.SECTION),
        Paragraph(s.SUMMONED.format(count=number_vi(called.summoned), units=number_vi(sending))),
        Paragraph(s.PRESENT.format(count=number_vi(called.present), percent=present)),
    ]
    if called.absent:
        leave, without = number_vi(called.with_leave), number_vi(called.without_leave)
        blocks.append(Paragraph(s.ABSENT.format(count=number_vi(called.absent), leave=leave, without=without)))
        blocks.append(Paragraph(s.ABSENT_INTRO, Role.INTRO))
        blocks += _listed([_absent(one, report.units) for one in figures.roll.official if _is_absent(one)])
    elif not called.unrecorded:
        blocks.append(Paragraph(s.ABSENT_NONE))
    if called.unrecorded:
        blocks.append(Paragraph(s.UNRECORDED.format(count=number_vi(called.unrecorded))))
    if figures.roll.replacements:
        blocks.append(Paragraph(s.REPLACED_INTRO, Role.INTRO))
        blocks += _listed([_replacement(one, report.units) for one in figures.roll.replacements])
    return blocks


def _is_absent(one: Delegate) -> bool:
    return one.attendance in (Attendance.ABSENT_WITH_LEAVE, Attendance.ABSENT_WITHOUT_LEAVE)


def _absent(one: Delegate, units: Mapping[UnitId, str]) -> str:
    person = s.PERSON.format(name=one.person.name, unit=units.get(one.unit, one.unit))
    reason = s.NO_REASON if one.attendance is Attendance.ABSENT_WITHOUT_LEAVE else one.reason
    return s.PERSON_REASON.format(person=person, reason=reason) if reason else person


def _replacement(one: Replacement, units: Mapping[UnitId, str]) -> str:
    entered = one.entered
    said = s.REPLACED.format(
        name=entered.person.name,
        place=s.ALTERNATE_PLACE.format(number=number_vi(entered.number)) if entered.number else "",
        unit=units.get(entered.unit, entered.unit),
        left=one.left.person.name if one.left else f"{entered.replaces} ({s.NOT_LISTED})",
    )
    if entered.decision.strip():
        return s.REPLACED_ON.format(said=said, decision=entered.decision.strip())
    return s.REPLACED_OPEN.format(said=said)


def _groups(report: CredentialsReport) -> list[Block]:
    figures, units = report.figures, report.units
    of = s.OF_PRESENT if figures.of == PRESENT else s.OF_SUMMONED
    sections: tuple[tuple[str, list[str]], ...] = (
        (s.CATEGORY_HEAD, group_lines(figures, Topic.CATEGORY)),
        (s.SEX_HEAD, [line for topic in _PERSONS for line in group_lines(figures, topic)]),
        (s.AGE_HEAD, [*group_lines(figures, Topic.AGE), *span_line(figures, units, party=False)]),
        (
            s.PARTY_HEAD,
            [
                *group_lines(figures, Topic.PARTY_AGE),
                *span_line(figures, units, party=True),
                *group_lines(figures, Topic.BADGE),
            ],
        ),
        (s.STUDY_HEAD, [line for topic in _STUDIES for line in group_lines(figures, topic)]),
        (s.MERIT_HEAD, [line for topic in (Topic.AWARD, Topic.DISCIPLINE) for line in group_lines(figures, topic)]),
    )
    blocks: list[Block] = []
    for place, (head, lines) in enumerate(sections):
        blocks.append(Paragraph(head, Role.SECTION))
        if not place:
            blocks.append(Paragraph(of.format(count=number_vi(len(figures.people)))))
        blocks += _listed(lines)
    return blocks


_PERSONS = (Topic.SEX, Topic.ETHNICITY, Topic.RELIGION)
_STUDIES = (Topic.EDUCATION, Topic.DEGREE, Topic.THEORY)


def _complaints(figures: Figures) -> list[Block]:
    return [Paragraph(s.COMPLAINTS_HEAD, Role.SECTION), Paragraph(_complaints_sentence(figures.complaints))]


def _complaints_sentence(told: Complaints | None) -> str:
    if told is None:
        # The board signs this sentence: figures that nobody recorded are left to its pen.
        upheld = s.UPHELD.format(count=SHORT_DOTS)
        return s.COMPLAINTS.format(received=SHORT_DOTS, settled=SHORT_DOTS, upheld=upheld, left=SHORT_DOTS)
    if not told.received:
        return s.NO_COMPLAINTS
    return s.COMPLAINTS.format(
        received=number_vi(told.received),
        settled=number_vi(told.settled),
        upheld=s.UPHELD.format(count=number_vi(told.upheld)) if told.upheld else s.UPHELD_NONE,
        left=number_vi(told.received - told.settled),
    )


def _quorum(figures: Figures, annex: int) -> list[Block]:
    quorum = figures.quorum
    said = s.QUORUM_HOLDS if quorum.holds else s.QUORUM_FAILS
    if not quorum.confirmed:
        last = s.QUORUM_UNCONFIRMED.format(said=said, annex=s.ANNEX.format(number=annex).capitalize())
    else:
        last = f"{said}."
    return [
        Paragraph(s.QUORUM_HEAD, Role.SECTION),
        *_listed([_share(s.QUORUM_DELEGATES, quorum.delegates), _share(s.QUORUM_UNITS, quorum.units)]),
        Paragraph(last),
    ]


def _share(sentence: str, share: Share) -> str:
    return sentence.format(
        part=number_vi(share.part),
        whole=number_vi(share.whole),
        percent=share_vi(share.part, share.whole),
        wanted=f"{share.wanted.numerator}/{share.wanted.denominator}",
        needed=number_vi(share.needed),
    )


def _closing(report: CredentialsReport, profile: Profile) -> list[Block]:
    figures = report.figures
    summoned, refused = figures.called.summoned, figures.refusals
    count, waiting = number_vi(summoned), len(figures.unexamined)
    blocks: list[Block] = [Paragraph(s.CLOSING_HEAD, Role.SECTION)]
    if refused:
        # Persons, not lines: of one refused for two reasons both reasons are told.
        persons = len({one.delegate for one in refused})
        fit = number_vi(summoned - persons - waiting)
        blocks.append(Paragraph(s.SOME_FIT.format(fit=fit, count=count, refused=number_vi(persons)), Role.INTRO))
        people = {one.id: one for one in figures.roll.official}
        blocks += _listed([_refusal(people.get(one.delegate), one.delegate, one.reason, report) for one in refused])
    elif waiting:
        blocks.append(Paragraph(s.MOST_FIT.format(fit=number_vi(summoned - waiting), count=count)))
    else:
        blocks.append(Paragraph(s.ALL_FIT.format(count=count)))
    if waiting:
        blocks.append(Paragraph(s.UNEXAMINED.format(open=number_vi(waiting))))
    told = figures.complaints
    left = told.received - told.settled if told else 0
    if left:
        blocks.append(Paragraph(s.OPEN_CASES.format(open=number_vi(left))))
    signatory = report.issue.signatory
    blocks.append(
        Signing(
            (Paragraph(s.PROPOSAL + profile.end_mark),),
            RECIPIENTS,
            letter.recipients(report.issue, profile),
            Signature(signatory.authority or s.SIGN_AUTHORITY, signatory.post or s.SIGN_POST, signatory.name or DOTS),
        )
    )
    return blocks


def _refusal(one: Delegate | None, named: str, reason: str, report: CredentialsReport) -> str:
    if one is None:
        return s.PERSON_REASON.format(person=named, reason=reason)
    person = s.PERSON.format(name=one.person.name, unit=report.units.get(one.unit, one.unit))
    return s.PERSON_REASON.format(person=person, reason=years_kept(reason))
