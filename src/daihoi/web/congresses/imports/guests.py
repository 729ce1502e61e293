"""Guests from a spreadsheet: found by the code of the badge, else by name and organisation, else new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daihoi.rules.names import fold_search
from daihoi.web.congresses import queries
from daihoi.web.congresses.door import normal_code
from daihoi.web.congresses.imports.settling import settle
from daihoi.web.congresses.models import Congress, Delegate, Guest
from daihoi.web.lists.imports.plan import Field, Importer, Kind, Row
from daihoi.web.lists.imports.values import shown

if TYPE_CHECKING:
    from daihoi.web.congresses.place import Place

AT_ONCE = 500
OF_GUESTS: tuple[Field, ...] = (
    Field("code", gettext_lazy("Code of the badge"), Kind.CODE, ("mã", "mã thẻ", "mã khách"), longest=20,
          note=gettext_lazy("As the house gave it, of a guest who is on the list already; empty for a new one.")),
    Field("full_name", gettext_lazy("Full name"), Kind.TEXT, ("họ tên", "họ và tên", "tên", "khách mời", "khách"),
          required=True, longest=120, example="Nguyễn Văn Ví Dụ"),
    Field("title", gettext_lazy("Post"), Kind.TEXT, ("chức vụ", "chức danh"), longest=300,
          example="Phó Bí thư Tỉnh ủy"),
    Field("organisation_name", gettext_lazy("Organisation"), Kind.TEXT, ("cơ quan", "đơn vị", "nơi công tác"),
          longest=300, example="Tỉnh ủy Ví Dụ"),
    Field("precedence", gettext_lazy("Order of precedence"), Kind.WHOLE, ("thứ tự", "thứ tự ưu tiên", "xếp thứ"),
          example="1", note=gettext_lazy("1 is called first; empty: 100.")),
    Field("seat", gettext_lazy("Seat"), Kind.CODE, ("số ghế", "ghế", "chỗ ngồi"), longest=20, example="A1"),
)  # fmt: skip
OF_A_GUEST = tuple(one.name for one in OF_GUESTS if one.name != "code")
LAST_OF_ALL = 9999


class GuestImport(Importer):
    """The guests of one congress; one without a code is found by name and organisation, else new."""

    name = "guests"
    title = gettext_lazy("Import guests")
    back = "guests"
    here = "guests_import"
    unique = ("code", "seat")

    def __init__(self, place: Place) -> None:
        congress = place.congress
        super().__init__(place.by, f"{place.viewer.owner}:{congress.key}", (congress.key,))
        self.congress: Congress = congress
        self.place = congress.key

    @property
    def fields(self) -> Sequence[Field]:
        """What stands on invitation and badge."""
        return OF_GUESTS

    def judge(self, rows: Sequence[Row]) -> None:
        """Find each by its code, else by name and organisation; a seat is of one person, guest or delegate."""
        there = list(queries.guests(self.congress))
        by_code = {one.code: one for one in there}
        by_name: dict[tuple[str, str], list[Guest]] = {}
        for one in there:
            by_name.setdefault(_called(one.full_name, one.organisation_name), []).append(one)
        for row in rows:
            row.known = self._found(row, by_code, by_name)
        self._refuse_twice(rows)
        seated = Delegate.objects.filter(congress=self.congress).exclude(seat="")
        of_delegates = dict(seated.values_list("seat", "person__full_name"))
        # Last: whether a seat is free hangs on what the other rows take and give back.
        settle(rows, lambda good: _refuse_seats(good, there, of_delegates))
        for row in rows:
            held = row.known
            if isinstance(held, Guest):
                for name, value in _said(row).items():
                    if value != getattr(held, name):
                        row.changes[name] = shown(self.field_of(name), getattr(held, name))

    def _found(
        self, row: Row, by_code: Mapping[str, Guest], by_name: Mapping[tuple[str, str], list[Guest]]
    ) -> Guest | None:
        number = row.values.get("precedence")
        if isinstance(number, int) and not 0 <= number <= LAST_OF_ALL:
            row.refuse("precedence", _("Write a number from 0 to %(most)d.") % {"most": LAST_OF_ALL})
        code = normal_code(str(row.values.get("code") or ""))
        if code:
            if code not in by_code:
                row.refuse("code", _("No guest of this congress has this code; leave it empty for a new guest."))
            return by_code.get(code)
        name, of = str(row.values["full_name"]), str(row.values.get("organisation_name") or "")
        alike = by_name.get(_called(name, of), [])
        if len(alike) > 1:
            row.refuse("full_name", _("Several guests bear this name; say which by the code of the badge."))
        return alike[0] if len(alike) == 1 else None

    def _refuse_twice(self, rows: Sequence[Row]) -> None:
        """Two rows of one guest; a name that two new rows bear without a word more is taken for a slip too."""
        seen: dict[object, int] = {}
        for row in rows:
            own = (str(row.values["full_name"]), str(row.values.get("organisation_name") or ""))
            key: object = row.known.pk if isinstance(row.known, Guest) else (*_called(*own), row.values.get("title"))
            if key in seen:
                row.refuse("full_name", _("Row %(row)d is the same guest.") % {"row": seen[key]})
            seen.setdefault(key, row.number)

    def write(self, rows: Sequence[Row]) -> None:
        """Enter new guests, change those who were found."""
        fresh: list[Guest] = []
        touched: list[Guest] = []
        for row in rows:
            one = row.known if isinstance(row.known, Guest) else Guest(congress=self.congress)
            for name, value in _said(row).items():
                setattr(one, name, value)
            (touched if isinstance(row.known, Guest) else fresh).append(one)
        Guest.objects.bulk_update(touched, OF_A_GUEST, batch_size=AT_ONCE)
        Guest.objects.bulk_create(fresh, batch_size=AT_ONCE)


def _refuse_seats(rows: Sequence[Row], there: Sequence[Guest], of_delegates: Mapping[str, str]) -> None:
    moved = {row.known.pk for row in rows if isinstance(row.known, Guest) and "seat" in row.values}
    taken = {one.seat: one.full_name for one in there if one.seat and one.pk not in moved}
    taken |= of_delegates
    for row in rows:
        seat = str(row.values.get("seat") or "")
        if seat in taken and not (isinstance(row.known, Guest) and row.known.seat == seat):
            row.refuse("seat", _("%(name)s sits there already.") % {"name": taken[seat]})


def _said(row: Row) -> dict[str, object]:
    """What a row says of a guest; a dash empties a text and puts the precedence back to what nobody chose."""
    usual = {"precedence": Guest._meta.get_field("precedence").get_default()}
    held = {name: row.values[name] for name in OF_A_GUEST if name in row.values}
    return {name: usual.get(name, "") if value in (None, "") else value for name, value in held.items()}


def _called(name: str, organisation: str) -> tuple[str, str]:
    return fold_search(name), fold_search(organisation)
