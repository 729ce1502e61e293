"""The legal basis of an election: regulation and guidance with number and date, as the minutes cite them."""

from __future__ import annotations

from datetime import date

from daihoi.rules.edition import EDITIONS, Edition
from daihoi.words.minutes.figures import short_date_vi

REGULATION = "Căn cứ Quyết định số {number}, ngày {issued} của Ban Chấp hành Trung ương về Quy chế bầu cử trong Đảng"
GUIDANCE = "Căn cứ Hướng dẫn số {number}, ngày {issued} về Quy chế bầu cử trong Đảng"


def basis(edition: str, on: date) -> tuple[str, ...]:
    """The regulation, then the guidance that stood on that day. KeyError: no edition of that id is known."""
    regulation = _edition(edition)
    lines = [REGULATION.format(number=regulation.number, issued=short_date_vi(regulation.issued))]
    standing = [paper for paper in regulation.guidance if paper.issued <= on]
    # Two guidances share the number 04-HD/TW, so the date is never left out.
    lines += [GUIDANCE.format(number=paper.number, issued=short_date_vi(paper.issued)) for paper in standing[-1:]]
    return tuple(lines)


def unconfirmed_articles(edition: str) -> str:
    """Articles of the edition that are cited and whose number was not read: "Điều 13, khoản 3 Điều 30"."""
    cited = (str(clause) for _, clause in _edition(edition).unconfirmed_clauses())
    return ", ".join(dict.fromkeys(clause for clause in cited if clause))


def regulation_of(edition: str) -> str:
    """`Quyết định 190-QĐ/TW`."""
    return f"Quyết định {_edition(edition).number}"


def _edition(named: str) -> Edition:
    return {edition.id: edition for edition in EDITIONS}[named]
