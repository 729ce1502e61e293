"""One sentence for each figure of the credentials report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from daihoi.papers.congress.people import born_vi
from daihoi.rules.credentials.ages import Band
from daihoi.rules.credentials.figures import AgeSpan, Figures, Line, Topic, percent
from daihoi.rules.credentials.terms import UNRECORDED, Delegate, UnitId
from daihoi.words.congress import report as s
from daihoi.words.credentials import line_label
from daihoi.words.minutes.figures import number_vi, percent_vi

_NAMED = 4
"""As many of equal age are named; of more, the rest is counted."""
DETAILED = ("minority", "with")
"""The lines that the details of a group tell apart."""


def share_vi(part: int, whole: int) -> str:
    """`98,42%`; `0,00%` of nothing."""
    return percent_vi(percent(Fraction(part, whole) if whole else Fraction(0)))


def label_vi(figures: Figures, topic: Topic, key: str) -> str:
    """The label of a line in the fuller words of a paper."""
    own = s.LABELS.get((topic.value, key))
    if own is not None:
        return own.replace("{majority}", figures.settings.majority_ethnicity)
    if key != UNRECORDED and topic.value in s.BAND_UNITS:
        bands = figures.age_bands if topic is Topic.AGE else figures.party_age_bands
        return _band(next(band for band in bands if band.key == key), s.BAND_UNITS[topic.value])
    return line_label(figures, topic, key, "vi")


def _band(band: Band, unit: str) -> str:
    if band.low is None:
        return s.BAND_UNDER.format(high=0 if band.high is None else band.high + 1, unit=unit)
    if band.high is None:
        return s.BAND_AND_OVER.format(low=band.low, unit=unit)
    return s.BAND_FROM_TO.format(low=band.low, high=band.high, unit=unit)


def counted(figures: Figures, topic: Topic, line: Line) -> str:
    """`Đại biểu nữ: 36 đồng chí, chiếm 19,25%`; a line of nobody says so. The unrecorded name what is missing."""
    label = label_vi(figures, topic, line.key)
    if line.key == UNRECORDED and topic.value not in s.TOPIC_LABELS:
        label = f"{label} {s.GAP_NAMES[topic.value]}"
    if not line.count:
        return s.COUNTED_NONE.format(label=label)
    return s.COUNTED.format(label=label, count=number_vi(line.count), percent=percent_vi(percent(line.share)))


def details(said: str, lines: Sequence[Line]) -> str:
    """The sentence with what it consists of in brackets."""
    if not lines:
        return said
    told = ", ".join(s.DETAIL.format(name=line.key, count=number_vi(line.count)) for line in lines)
    return s.DETAILED.format(said=said, details=told)


def group_lines(figures: Figures, topic: Topic) -> list[str]:
    """A sentence for every line of the group, lines of nobody only where their absence says something."""
    group = figures.group(topic)
    title = s.TOPIC_LABELS.get(topic.value)
    lines = []
    for line in group.lines:
        if not line.count and topic in _SILENT:
            continue
        said = counted(figures, topic, line)
        if line.key in DETAILED and group.details:
            said = details(said, group.details)
        lines.append(f"{title}: {said[:1].lower()}{said[1:]}" if title else said)
    return lines


_SILENT = (Topic.EDUCATION, Topic.DEGREE, Topic.THEORY, Topic.BADGE)
"""Nobody has "no degree": on the paper such a line says nothing, the table of the annex keeps it."""


def span_line(figures: Figures, units: Mapping[UnitId, str], *, party: bool) -> list[str]:
    """Oldest, youngest and average; for party age the longest and the shortest."""
    span = figures.party_ages if party else figures.ages
    labels = (s.PARTY_OLDEST, s.PARTY_YOUNGEST) if party else (s.OLDEST, s.YOUNGEST)
    ends = zip(labels, (span.oldest, span.youngest), strict=True)
    lines = [
        s.SPAN.format(label=label, people=_people(figures, people, units, party)) for label, people in ends if people
    ]
    return lines if party else [*lines, _average(span)]


def _people(figures: Figures, people: Sequence[Delegate], units: Mapping[UnitId, str], party: bool) -> str:
    said = [_person(figures, one, units, party) for one in people[:_NAMED]]
    if len(people) > _NAMED:
        said.append(s.AND_OTHERS.format(count=number_vi(len(people) - _NAMED)))
    return "; ".join(said)


def _person(figures: Figures, one: Delegate, units: Mapping[UnitId, str], party: bool) -> str:
    unit = units.get(one.unit, one.unit)
    if party:
        years = figures.party_age(one.person) or 0
        sentence = s.PARTY_PERSON if years else s.PARTY_NEW
        return sentence.format(name=one.person.name, age=number_vi(years), unit=unit)
    return s.SPAN_PERSON.format(
        name=one.person.name, age=figures.age(one.person), born=born_vi(one.person.born), unit=unit
    )


def _average(span: AgeSpan) -> str:
    if span.average is None:
        return s.AVERAGE_NONE
    # `percent` says hundredths: of a hundredth of the age it writes the age, rounded as the shares beside it.
    average = percent(span.average / 100).replace(".", ",")
    return s.AVERAGE.format(average=average, count=number_vi(span.counted))
