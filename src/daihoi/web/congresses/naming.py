"""What a congress is called on papers: in Vietnamese, whatever language the person at the screen speaks."""

from __future__ import annotations

from daihoi.web.congresses.choices import Form
from daihoi.web.congresses.models import Congress
from daihoi.web.organisations.models import Organisation

_FORMS = {Form.DELEGATES: "Đại hội đại biểu", Form.MEMBERS: "Đại hội"}


def title_of(congress: Congress) -> str:
    """`Đại hội đại biểu Đảng bộ huyện Nà Lương lần thứ XXII, nhiệm kỳ 2025 - 2030`."""
    ordinal = f" lần thứ {congress.ordinal}" if congress.ordinal else ""
    term = " - ".join(part.strip() for part in congress.term.label.replace("–", "-").split("-"))
    return f"{_FORMS[Form(congress.form)]} {congress.organisation.name}{ordinal}, nhiệm kỳ {term}"


def committee_of(congress: Congress) -> str:
    """Who convenes it, as papers name them: what was entered, else the committee of the organisation."""
    return congress.committee or f"Ban Chấp hành {congress.organisation.name}"


def superior_of(congress: Congress) -> str:
    """What stands right above in the tree; the organisation itself at the top."""
    parent = Organisation.objects.get_ancestors(congress.organisation).last()
    return parent.name if parent else congress.organisation.name
