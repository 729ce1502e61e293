"""Choosing one of hundreds of people, told apart where names are alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from daihoi.web.congresses.models import Delegate
from daihoi.web.members.models import Person


class LongSelect(forms.Select):
    """A list of hundreds: Django renders a template for each answer, which took most of the page's time."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: Mapping[str, Any] | None = None,
        renderer: object = None,  # noqa: ARG002
    ) -> SafeString:
        """The same markup, joined at once; there are no groups of answers."""
        held = self.get_context(name, value, dict(attrs or {}))["widget"]
        answers = (one for _group, options, _index in held["optgroups"] for one in options)
        told = format_html_join(
            "", "<option{}>{}</option>",
            ((flatatt({"value": str(one["value"]), "selected": one["selected"]}), one["label"]) for one in answers),
        )  # fmt: skip
        return format_html("<select{}>{}</select>", flatatt({"name": held["name"], **held["attrs"]}), told)


class DelegateChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A delegate, told apart by unit where names are alike."""

    widget = LongSelect

    def label_from_instance(self, obj: Delegate) -> str:
        """Name and unit; of alternates their number."""
        number = f" ({_('alternate')} {obj.alternate_number})" if obj.alternate_number else ""
        return f"{obj.person.full_name}{number} – {obj.unit.called}"


class MemberChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A member, told apart by organisation and code where names are alike."""

    def label_from_instance(self, obj: Person) -> str:
        """Name and organisation; the code tells two of one name apart."""
        return f"{obj.full_name} – {obj.organisation.called} ({obj.code})"
