"""The annexes of the credentials report: units, all figures in one table, what is not recorded, open settings."""

from __future__ import annotations

from collections.abc import Mapping

from daihoi.papers.congress.credentials_lines import DETAILED, label_vi
from daihoi.papers.official.blocks import Align, AnnexTitle, Block, Column, Row, Table
from daihoi.rules.credentials.figures import Figures, Line, Topic, percent, since_of
from daihoi.rules.credentials.terms import Attendance, Delegate, UnitId
from daihoi.words.congress import report as s
from daihoi.words.credentials import topic_label
from daihoi.words.minutes.figures import clause_vi, number_vi

_UNIT_WIDTHS_MM = (10.0, 65.0, 18.0, 18.0, 18.0, 20.0, 16.0)
_GAP_WIDTHS_MM = (10.0, 45.0, 50.0, 60.0)
_OF_CONVENING = ("members_for_delegates", "designated_percent")
"""Settings of the checks before a congress, which no figure of the report uses."""


def annexes(figures: Figures, units: Mapping[UnitId, str]) -> tuple[tuple[Block, ...], int]:
    """All annexes, and the number of the one that lists the settings; one with nothing in it is left out."""
    tables: list[tuple[str, Table]] = [(s.ANNEX_UNITS, _units(figures)), (s.ANNEX_FIGURES, _figures(figures))]
    gaps = _gaps(figures, units)
    if gaps.rows:
        tables.append((s.ANNEX_GAPS, gaps))
    tables.append((s.ANNEX_SETTINGS, _settings(figures)))
    blocks: list[Block] = []
    for number, (title, table) in enumerate(tables, start=1):
        blocks += [AnnexTitle(s.ANNEX.format(number=number), title), table]
    return tuple(blocks), len(tables)


def _columns(titles: tuple[str, ...], widths: tuple[float, ...], left: tuple[int, ...]) -> tuple[Column, ...]:
    return tuple(
        Column(title, width, Align.LEFT if place in left else Align.CENTRE)
        for place, (title, width) in enumerate(zip(titles, widths, strict=True))
    )


def _units(figures: Figures) -> Table:
    rows = []
    for number, line in enumerate(figures.units, start=1):
        told = line.called
        counts = (told.summoned, told.present, told.with_leave, told.without_leave, told.unrecorded)
        rows.append(Row((str(number), line.name, *(number_vi(count) for count in counts))))
    total = figures.called
    sums = (total.summoned, total.present, total.with_leave, total.without_leave, total.unrecorded)
    rows.append(Row(("", s.TOTAL, *(number_vi(count) for count in sums)), strong=True))
    return Table(_columns(s.UNITS_COLUMNS, _UNIT_WIDTHS_MM, (1,)), tuple(rows), size_pt=12)


def _figures(figures: Figures) -> Table:
    """Every line of every group, also those of nobody, and under each group its sum."""
    rows = []
    for group in figures.groups:
        whole = "100,00" if group.total else "0,00"
        rows.append(Row((topic_label(group.topic, "vi"), number_vi(group.total), whole), strong=True))
        for line in group.lines:
            rows.append(_figure(label_vi(figures, group.topic, line.key), line))
            if line.key in DETAILED:
                rows += [_figure(s.OF_WHICH.format(name=one.key), one) for one in group.details]
    return Table(_columns(s.FIGURES_COLUMNS, (105.0, 30.0, 30.0), (0,)), tuple(rows), size_pt=12)


def _figure(label: str, line: Line) -> Row:
    return Row((label, number_vi(line.count), percent(line.share).replace(".", ",")))


def _gaps(figures: Figures, units: Mapping[UnitId, str]) -> Table:
    """Everybody who stands under "not recorded" somewhere, and those whose attendance nobody recorded."""
    rows: list[Row] = []
    for one in figures.roll.official:
        missing = [s.GAP_NAMES[key] for key in _missing(figures, one)]
        if missing:
            number = str(len(rows) + 1)
            rows.append(Row((number, one.person.name, units.get(one.unit, one.unit), ", ".join(missing))))
    return Table(_columns(s.GAPS_COLUMNS, _GAP_WIDTHS_MM, (1, 2, 3)), tuple(rows), size_pt=12)


def _missing(figures: Figures, one: Delegate) -> list[str]:
    person = one.person
    known: tuple[tuple[Topic, object], ...] = (
        (Topic.SEX, person.sex),
        (Topic.ETHNICITY, person.ethnicity.strip() or None),
        (Topic.RELIGION, person.religion.strip() or None),
        (Topic.AGE, person.born),
        (Topic.PARTY_AGE, since_of(person, figures.settings)),
        (Topic.BADGE, person.badge),
        (Topic.EDUCATION, person.education),
        (Topic.DEGREE, person.degree),
        (Topic.THEORY, person.theory),
        (Topic.AWARD, person.awards),
        (Topic.DISCIPLINE, person.disciplines),
    )
    missing = [topic.value for topic, value in known if value is None]
    return [*missing, "attendance"] if one.attendance is Attendance.UNRECORDED else missing


def _settings(figures: Figures) -> Table:
    used = [(term, value) for term, value in figures.settings.unconfirmed() if term.name not in _OF_CONVENING]
    rows = tuple(
        Row((
            str(number),
            s.SETTING_MEANINGS[term.name],
            s.SETTING_VALUES.get(str(value), str(value)),
            clause_vi(term.clause) if term.clause else "",
        ))
        for number, (term, value) in enumerate(used, start=1)
    )  # fmt: skip
    return Table(_columns(s.SETTINGS_COLUMNS, (10.0, 75.0, 45.0, 35.0), (1, 2, 3)), rows, size_pt=12)
