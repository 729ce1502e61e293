"""How values look on a page, and the small pieces of the address that lists need."""

from __future__ import annotations

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from daihoi.words.figures import digest_words

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing of the set in `static/site/icons.svg`; for the eye alone, its words stand beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("site/icons.svg"), name
    )


@register.simple_tag(takes_context=True)
def address(context: Context, **changed: object) -> str:
    """This page's address with some of its questions changed; empty ones are left out."""
    asked = context["request"].GET.copy()
    for name, value in changed.items():
        if value in (None, ""):
            asked.pop(name, None)
        else:
            asked[name] = str(value)
    return f"?{asked.urlencode()}"


@register.filter
def of(mapping: dict[str, object], key: str) -> object:
    """A value by a key that stands in a variable; the key itself where there is none."""
    return mapping.get(key, key)


@register.filter
def in_fours(digest: str) -> str:
    """A digest as the foot of the minutes prints it, to be compared group by group."""
    return digest_words(digest)


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """What a person types into or chooses from, in the dress of the style sheet."""
    widget = field.field.widget
    dress = "form-control"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        dress = ""
    elif isinstance(widget, CheckboxInput):
        dress = "form-check-input"
    elif isinstance(widget, Select):
        dress = "form-select"
    if field.errors:
        dress += " is-invalid"
    held = " ".join(filter(None, (widget.attrs.get("class"), dress)))
    return field.as_widget(attrs={"class": held} if held else {})


@register.filter
def below(path: str, door: str) -> bool:
    """Whether a page stands behind a door of the menu; behind the front door stands the front page alone."""
    return path == door if door == "/" else path.startswith(door)
