"""The figures of the credentials board in words: labels of groups and lines, and the sentences of its findings.

Screens speak either language; official papers take the Vietnamese of the same labels.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from daihoi.rules.clauses import Tag
from daihoi.rules.credentials.ages import Band
from daihoi.rules.credentials.figures import Figures, Line, Topic, percent
from daihoi.rules.credentials.findings import CongressFinding
from daihoi.rules.credentials.terms import UNRECORDED, Attendance
from daihoi.rules.lists import Severity
from daihoi.words.language import N_, in_language, spoken

TOPICS: Mapping[Topic, str] = {
    Topic.CATEGORY: N_("By right"),
    Topic.SEX: N_("Women and men"),
    Topic.ETHNICITY: N_("Ethnicity"),
    Topic.RELIGION: N_("Religion"),
    Topic.AGE: N_("Age"),
    Topic.PARTY_AGE: N_("Party age"),
    Topic.BADGE: N_("Party badge"),
    Topic.EDUCATION: N_("General education"),
    Topic.DEGREE: N_("Professional degree"),
    Topic.THEORY: N_("Political theory"),
    Topic.AWARD: N_("Awards"),
    Topic.DISCIPLINE: N_("Disciplinary measures"),
}

LINES: Mapping[Topic, Mapping[str, str]] = {
    Topic.CATEGORY: {
        "ex_officio": N_("Ex officio delegates"),
        "elected": N_("Elected delegates"),
        "designated": N_("Designated delegates"),
        "alternate": N_("Alternates called up"),
    },
    Topic.SEX: {"female": N_("Women"), "male": N_("Men")},
    Topic.ETHNICITY: {"majority": N_("Of the majority"), "minority": N_("Of ethnic minorities")},
    Topic.RELIGION: {"with": N_("With a religion"), "without": N_("Without a religion")},
    Topic.BADGE: {"without": N_("Without a party badge")},
    Topic.EDUCATION: {
        "upper_secondary": N_("Upper secondary"),
        "lower_secondary": N_("Lower secondary"),
        "primary": N_("Primary"),
    },
    Topic.DEGREE: {
        "doctor": N_("Doctor"),
        "master": N_("Master"),
        "bachelor": N_("University"),
        "college": N_("College"),
        "vocational": N_("Vocational school"),
        "elementary": N_("Elementary training"),
        "none": N_("Without professional training"),
    },
    Topic.THEORY: {
        "bachelor": N_("Bachelor of political theory"),
        "advanced": N_("Advanced"),
        "intermediate": N_("Intermediate"),
        "elementary": N_("Elementary"),
        "none": N_("Without political theory"),
    },
    Topic.AWARD: {"with": N_("With awards"), "without": N_("Without awards")},
    Topic.DISCIPLINE: {"with": N_("Under a disciplinary measure"), "without": N_("Without a disciplinary measure")},
}

NOT_RECORDED = N_("Not recorded")
BADGE_OF = N_("Badge of {years} years")
UNDER = N_("Under {high}")
FROM_TO = N_("{low} to {high}")
AND_OVER = N_("{low} and over")

ATTENDANCE: Mapping[Attendance, str] = {
    Attendance.PRESENT: N_("Present"),
    Attendance.ABSENT_WITH_LEAVE: N_("Absent with leave"),
    Attendance.ABSENT_WITHOUT_LEAVE: N_("Absent without leave"),
    Attendance.UNRECORDED: NOT_RECORDED,
}
UNCONFIRMED = N_("the clause was not read: have it confirmed before relying on it")

FINDINGS: Mapping[str, str] = {
    "delegate_twice": N_("The delegate {delegate} stands {times} times on the list; keep one line."),
    "code_twice": N_("{name} shares the code {code} with another delegate; give everybody a code of their own."),
    "replaced_not_on_list": N_("{name} replaces {replaced}, who is not on the list of official delegates."),
    "replaced_twice": N_(
        "{replaced} is replaced {times} times, once by {name}; one alternate steps in for one delegate."
    ),
    "replaced_is_present": N_("{replaced} is marked present and is replaced by {name}; only one of them has the vote."),
    "replacement_without_decision": N_("No decision is recorded on which {name} replaces {replaced}."),
    "alternate_of_another_unit": N_("{name} of {unit} replaces {replaced} of {of}: alternates step in for their unit."),
    "alternate_out_of_order": N_(
        "{name}, alternate number {number}, was called up although {first}, number {place} of the unit, was not."
    ),
    "alternate_not_called_up": N_("The alternate {name} is present, replaces nobody and has no vote."),
    "not_yet_official_member": N_("{name} is not yet an official member on the day of the congress and has no vote."),
    "badge_beyond_party_age": N_("{name} holds the badge of {badge} years with a party age of {years} years."),
    "names_alike": N_("{times} delegates of {unit} are called {name} with the same birth; add what tells them apart."),
    "delegates_within_limits": N_(
        "{summoned} official delegates are summoned; for the round {round} {low} to {high} are foreseen."
    ),
    "form_by_members": N_(
        "An organisation of {members} members holds a congress of the form {expected}, not {form}; the threshold is "
        "{threshold} members."
    ),
    "every_unit_sends": N_("{count} of {units} organisations have no delegates entered: {missing}."),
    "designated_within_share": N_(
        "{designated} of {summoned} delegates are designated; at most {percent} % are foreseen, that is {most}."
    ),
}
FORMS: Mapping[str, str] = {"members": N_("of all members"), "delegates": N_("of delegates")}
CONSENTED = N_("{finding} Allowed by the superior: {document}")
CLAUSED = N_("{finding} [{clause}]")
REMARKED = N_("{finding} ({remark})")


def topic_label(topic: Topic, language: str = "") -> str:
    """The title of a group, in the language of this process unless one is named."""
    return _said(TOPICS[topic], language)


def line_label(figures: Figures, topic: Topic, key: str, language: str = "") -> str:
    """The label of a line: a fixed word, a band of ages, a badge; a free text (Tày, Huân chương …) as it stands."""
    if key == UNRECORDED:
        return _said(NOT_RECORDED, language)
    if topic in (Topic.AGE, Topic.PARTY_AGE):
        bands = figures.age_bands if topic is Topic.AGE else figures.party_age_bands
        return band_label(next(band for band in bands if band.key == key), language)
    if topic is Topic.BADGE and key.isdecimal():
        return _said(BADGE_OF, language).format(years=key)
    known = LINES.get(topic, {})
    return _said(known[key], language) if key in known else key


def band_label(band: Band, language: str = "") -> str:
    """`Under 40`, `40 to 50`, `61 and over`."""
    if band.low is None:
        return _said(UNDER, language).format(high=0 if band.high is None else band.high + 1)
    if band.high is None:
        return _said(AND_OVER, language).format(low=band.low)
    return _said(FROM_TO, language).format(low=band.low, high=band.high)


def chart(figures: Figures, topic: Topic, language: str = "") -> tuple[tuple[str, int, str], ...]:
    """The lines of a group for a chart: label, count, share as `15.14`; the same numbers as on the paper."""
    return tuple(
        (line_label(figures, topic, line.key, language), line.count, percent(line.share))
        for line in figures.group(topic).lines
    )


def detail_chart(lines: tuple[Line, ...]) -> tuple[tuple[str, int, str], ...]:
    """The details of a group (each ethnicity, religion, award) for a chart."""
    return tuple((line.key, line.count, percent(line.share)) for line in lines)


def finding_sentence(finding: CongressFinding, language: str = "") -> str:
    """What was found, its clause, and that the clause was not read where it was not."""
    fields = {name: _field(value, language) for name, value in finding.fields.items()}
    said = _said(FINDINGS[finding.check], language).format(**fields)
    if finding.clause:
        said = _said(CLAUSED, language).format(finding=said, clause=finding.clause)
    # Contradictions of the data itself rest on no clause; only a cited one or common practice can be unread.
    if finding.unconfirmed and (finding.clause or finding.tag is Tag.K):
        said = _said(REMARKED, language).format(finding=said, remark=_said(UNCONFIRMED, language))
    if finding.severity is Severity.OVERRIDDEN:
        said = _said(CONSENTED, language).format(finding=said, document=finding.fields.get("consent", ""))
    return said


def _field(value: object, language: str) -> object:
    if isinstance(value, Enum):
        return _said(FORMS[str(value)], language) if str(value) in FORMS else value.value
    return ", ".join(str(one) for one in value) if isinstance(value, tuple) else value


def _said(msgid: str, language: str) -> str:
    return in_language(language or spoken(), msgid)
