"""What Word insists on and LibreOffice forgives: the order of properties, and a paragraph after every table."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.oxml.ns import qn

from daihoi.papers.congress.badge_docx import badge_cards_docx, badge_sheets_docx
from daihoi.papers.congress.badges import HUNG, SMALL, badges_of
from daihoi.papers.congress.credentials import CredentialsReport, credentials_report
from daihoi.papers.congress.groups import group_lists
from daihoi.papers.congress.invitation import invitations
from daihoi.papers.congress.notice import notice
from daihoi.papers.congress.place_cards import PlaceCard, place_cards
from daihoi.papers.congress.seat_plan import seat_plan
from daihoi.papers.congress.summons import summonses
from daihoi.papers.congress.terms import Sitter
from daihoi.rules.credentials.figures import figures
from tests.papers.congress.na_luong import (
    ALLOCATION,
    CONGRESS,
    DELEGATE_GROUPS,
    GUESTS,
    HALL,
    ISSUE,
    ON,
    UNIT_NAMES,
    UNITS,
    delegates,
)

# ECMA-376 part 1: 17.4.66 (cells), 17.4.59 (tables), 17.6.17 (sections), as far as these papers use them.
CELL = ("tcW", "gridSpan", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection", "tcFitText", "vAlign")
TABLE = ("tblStyle", "tblpPr", "tblW", "jc", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook")
SECTION = ("headerReference", "footerReference", "type", "pgSz", "pgMar", "pgNumType", "cols", "titlePg", "docGrid")
ALL = delegates()
BADGES = badges_of(ALL[:12], UNIT_NAMES)

PAPERS = {
    "summons": lambda: summonses(CONGRESS, ISSUE, ALL[:3], UNIT_NAMES).docx,
    "invitation": lambda: invitations(CONGRESS, ISSUE, GUESTS).docx,
    "notice": lambda: notice(CONGRESS, ISSUE, ALLOCATION).docx,
    "groups": lambda: group_lists(CONGRESS, ISSUE, DELEGATE_GROUPS, ALL, UNIT_NAMES).docx,
    "badges": lambda: badge_sheets_docx(BADGES, CONGRESS.title, SMALL),
    "badge cards": lambda: badge_cards_docx(BADGES, CONGRESS.title, HUNG),
    "place cards": lambda: place_cards([PlaceCard("Ma Văn Tài", "Bí thư")]).docx,
    "seat plan": lambda: seat_plan(HALL, [Sitter("A01", "Ma Văn Tài", "Tổ số 1")], CONGRESS.title).docx,
    "report": lambda: (
        credentials_report(CredentialsReport(CONGRESS, ISSUE, figures(ALL, UNITS, on=ON), UNIT_NAMES)).docx
    ),
}


@pytest.mark.parametrize("paper", PAPERS)
def test_word_finds_everything_in_the_order_of_its_schema(paper: str) -> None:
    body = Document(io.BytesIO(PAPERS[paper]())).element.body

    for name, order in (("tcPr", CELL), ("tblPr", TABLE), ("sectPr", SECTION)):
        for properties in body.iter(qn(f"w:{name}")):
            found = [child.tag.split("}")[1] for child in properties]
            assert set(found) <= set(order)
            assert found == sorted(found, key=order.index)
    for holder in [*body.iter(qn("w:tc")), body]:
        content = [child.tag for child in holder if child.tag in (qn("w:p"), qn("w:tbl"))]
        assert content[-1] == qn("w:p")
