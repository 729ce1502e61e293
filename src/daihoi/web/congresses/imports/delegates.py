"""Delegates from a spreadsheet: people of the house by their codes, new people with what the list says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daihoi.rules.names import fold_search
from daihoi.web.accounts.choices import Right
from daihoi.web.congresses import queries
from daihoi.web.congresses.choices import Category
from daihoi.web.congresses.imports.settling import settle
from daihoi.web.congresses.models import Congress, Delegate, Group
from daihoi.web.lists.imports.plan import Field, Importer, Kind, Row
from daihoi.web.lists.imports.values import shown
from daihoi.web.members.imports import FIELDS as OF_PEOPLE
from daihoi.web.members.models import Person, new_code
from daihoi.web.organisations.models import Organisation
from daihoi.web.organisations.queries import below, beneath

if TYPE_CHECKING:
    from daihoi.web.congresses.place import Place

OWN: tuple[Field, ...] = (
    Field("code", gettext_lazy("Code of the person"), Kind.CODE,
          ("mã", "mã đại biểu", "mã đảng viên", "mã người", "số thẻ đảng", "số thẻ"), longest=40, example="VD-0001",
          note=gettext_lazy("As in the list of people; without it people are found by name within their unit.")),
    Field("full_name", gettext_lazy("Full name"), Kind.TEXT, ("họ tên", "họ và tên", "tên", "đại biểu"),
          required=True, longest=120, example="Nguyễn Văn Ví Dụ"),
    Field("unit", gettext_lazy("Code of the unit"), Kind.CODE,
          ("mã đơn vị", "mã tổ chức", "mã đảng bộ", "mã chi bộ", "mã tổ chức đảng"), required=True, longest=40,
          example="VD-01-02", note=gettext_lazy("Which sends the delegate, as in the list of organisations.")),
    Field("category", gettext_lazy("Category"), Kind.CHOICE, ("tư cách", "loại đại biểu", "diện", "thành phần"),
          answers=Category.choices, example="Được bầu",
          synonyms={"đương nhiên": "ex_officio", "được bầu": "elected", "bầu": "elected", "chỉ định": "designated",
                    "được chỉ định": "designated", "dự khuyết": "alternate", "chính thức": "elected"}),
    Field("alternate_number", gettext_lazy("Number of the alternate"), Kind.WHOLE,
          ("thứ tự dự khuyết", "dự khuyết thứ", "số dự khuyết"),
          note=gettext_lazy("Of alternates alone: their order of being called up within the unit.")),
    Field("group", gettext_lazy("Group"), Kind.WHOLE, ("tổ", "tổ đại biểu", "tổ số", "tổ thảo luận"), example="1",
          note=gettext_lazy("Its number; groups that are not there yet are added.")),
    Field("seat", gettext_lazy("Seat"), Kind.CODE, ("số ghế", "ghế", "chỗ ngồi"), longest=20, example="A12"),
)  # fmt: skip
NEW_PEOPLE = tuple(
    one for one in OF_PEOPLE if one.name in {
        "post", "sex", "born", "ethnicity", "religion", "joined", "official", "education", "degree", "theory",
    }
)  # fmt: skip
"""What the list may say of people who are not in the house yet; of those who are it changes nothing."""
CHANGED = ("unit", "category", "alternate_number", "group", "seat")
AT_ONCE = 500


class DelegateImport(Importer):
    """The delegates of one congress; new people come in where the person at the screen may enter people there."""

    name = "delegates"
    title = gettext_lazy("Import delegates")
    back = "delegates"
    here = "delegates_import"
    unique = ("code", "seat")

    def __init__(self, place: Place) -> None:
        congress = place.congress
        # Bound to the congress too: a file sent for one must not be confirmed for another.
        super().__init__(place.by, f"{place.viewer.owner}:{congress.key}", (congress.key,))
        self.congress: Congress = congress
        self.place = congress.key
        self.seen = beneath(congress.organisation.path, "organisation__")
        self.seen |= below(place.viewer, Right.SEE_PEOPLE, "organisation__")
        self.may_enter = place.may(Right.EDIT_PEOPLE)
        self._units: dict[str, Organisation] = {}
        self._groups: dict[int, Group] = {}
        self._people: dict[int, Person | None] = {}
        self._beyond: set[str] = set()

    @property
    def fields(self) -> Sequence[Field]:
        """What a delegate is, then what is known of a new person."""
        return (*OWN, *NEW_PEOPLE)

    def judge(self, rows: Sequence[Row]) -> None:
        """Find units, people and who is a delegate already; tell numbers and seats that two would have."""
        # A handful of queries for the whole list, however long.
        codes = {str(row.values["unit"]) for row in rows}
        units = Organisation.objects.filter(beneath(self.congress.organisation.path), code__in=codes)
        self._units = {one.code: one for one in units}
        self._groups = {one.number: one for one in self.congress.groups.all()}
        by_code, by_name = self._find_people(rows)
        there = {one.person_id: one for one in queries.delegates(self.congress, personnel=True)}
        for row in rows:
            self._find_person(row, by_code, by_name)
        for row in rows:
            person = self._people.get(row.number)
            row.known = there.get(person.pk) if person else None
            self._judge_one(row)
        # Last: whether a seat is free hangs on what the other rows take and give back.
        guests = dict(queries.guests(self.congress).exclude(seat="").values_list("seat", "full_name"))
        settle(rows, lambda good: self._refuse_shared(good, list(there.values()), guests))

    def _find_people(self, rows: Sequence[Row]) -> tuple[dict[str, Person], dict[tuple[str, int], list[Person]]]:
        codes = [str(row.values["code"]) for row in rows if row.values.get("code")]
        by_code: dict[str, Person] = {}
        # Whom somebody who sees more put onto the list already stays to be changed here.
        known = self.seen | Q(pk__in=Delegate.objects.filter(congress=self.congress).values("person"))
        for start in range(0, len(codes), AT_ONCE):
            found = Person.objects.filter(code__in=codes[start : start + AT_ONCE])
            by_code |= {one.code: one for one in found.filter(known).select_related("organisation")}
            # Code and name would else bring anybody of the country onto the list, and what is known of them with it.
            self._beyond |= set(found.values_list("code", flat=True)) - by_code.keys()
        names = sorted({fold_search(str(row.values["full_name"])) for row in rows if not row.values.get("code")})
        by_name: dict[tuple[str, int], list[Person]] = {}
        for start in range(0, len(names), AT_ONCE):
            some = Person.objects.filter(self.seen, folded__in=names[start : start + AT_ONCE])
            for one in some.select_related("organisation"):
                by_name.setdefault((one.folded, one.organisation_id), []).append(one)
        return by_code, by_name

    def _find_person(
        self, row: Row, by_code: Mapping[str, Person], by_name: Mapping[tuple[str, int], list[Person]]
    ) -> None:
        unit = self._units.get(str(row.values["unit"]))
        if unit is None:
            words = _("No organisation below this congress has the code “%(code)s”.")
            row.refuse("unit", words % {"code": row.values["unit"]})
            return
        code, name = str(row.values.get("code") or ""), str(row.values["full_name"])
        if code in self._beyond:
            row.refuse("code", _("This code belongs to a person outside your part of the tree."))
            return
        person = by_code.get(code)
        if person is not None:
            # A slip in a code must not make somebody else a delegate.
            if fold_search(person.full_name) != fold_search(name):
                row.refuse("code", _("This code belongs to somebody of another name."))
            self._people[row.number] = person
            return
        alike = [] if code else by_name.get((fold_search(name), unit.pk), [])
        if len(alike) > 1:
            row.refuse("code", _("Several people of this unit bear this name; say which by the code."))
        elif alike:
            self._people[row.number] = alike[0]
        elif not self.may_enter:
            row.refuse("code", _("This person is not in the house, and your role enters no people."))
        else:
            self._people[row.number] = None

    def _judge_one(self, row: Row) -> None:
        held, is_alternate = _held(row), _category(row) == Category.ALTERNATE
        if is_alternate and not _number(row):
            row.refuse("alternate_number", _("Alternates are numbered in the order of being called up."))
        if not is_alternate and row.values.get("alternate_number"):
            row.refuse("alternate_number", _("Only alternates have a number."))
        if held is None:
            return
        if held.replaces_id is not None and not is_alternate:
            row.refuse("category", _("This alternate has stepped in for somebody; take that back first."))
        self._compare(row, held)

    def _compare(self, row: Row, held: Delegate) -> None:
        now = {
            "unit": held.unit.code, "category": held.category, "alternate_number": held.alternate_number,
            "group": held.group.number if held.group else None, "seat": held.seat,
        }  # fmt: skip
        for name in CHANGED:
            if name in row.values and (row.values[name] or None) != (now[name] or None):
                row.changes[name] = shown(self.field_of(name), now[name])

    def _refuse_shared(self, rows: Sequence[Row], there: Sequence[Delegate], guests: Mapping[str, str]) -> None:
        """A seat and a number of alternate belong to one person, of the file or of the list; guests have seats too."""
        given = {held.pk: row.values for row in rows if (held := _held(row))}
        kept = (one for one in there if one.seat and "seat" not in given.get(one.pk, {}))
        seats = {**guests, **{one.seat: one.person.full_name for one in kept}}
        # A row says where its delegate stands even where it names no number: the unit alone may be another.
        numbers: dict[tuple[str, object], str] = {
            (one.unit.code, one.alternate_number): one.person.full_name
            for one in there
            if one.alternate_number and one.pk not in given
        }
        people: dict[int, int] = {}
        for row in rows:
            self._refuse_seat(row, seats)
            self._refuse_number(row, numbers)
            self._refuse_twice(row, people)

    def _refuse_seat(self, row: Row, seats: dict[str, str]) -> None:
        seat = str(row.values.get("seat") or "")
        if seat and seat in seats:
            row.refuse("seat", _("%(name)s sits there already.") % {"name": seats[seat]})
        elif seat:
            seats[seat] = str(row.values["full_name"])

    def _refuse_number(self, row: Row, numbers: dict[tuple[str, object], str]) -> None:
        number = _number(row)
        place = (str(row.values["unit"]), number)
        if number and place in numbers:
            words = _("%(name)s is alternate %(number)s of this unit already.")
            row.refuse("alternate_number", words % {"name": numbers[place], "number": number})
        elif number:
            numbers[place] = str(row.values["full_name"])

    def _refuse_twice(self, row: Row, people: dict[int, int]) -> None:
        person = self._people.get(row.number)
        if person is not None and person.pk in people:
            row.refuse("full_name", _("Row %(row)d is the same person.") % {"row": people[person.pk]})
        elif person is not None:
            people[person.pk] = row.number

    def write(self, rows: Sequence[Row]) -> None:
        """Enter new people, new groups, then the delegates."""
        # Before the delegates, who name them.
        self._add_groups(rows)
        people = {row.number: self._people[row.number] or self._new_person(row) for row in rows}
        Person.objects.bulk_create([one for one in people.values() if one.pk is None], batch_size=AT_ONCE)
        fresh: list[Delegate] = []
        touched: list[Delegate] = []
        for row in rows:
            held = _held(row)
            one = held or Delegate(congress=self.congress, person=people[row.number])
            self._set(one, row)
            (touched if held else fresh).append(one)
        if touched:
            # Seats may change hands within the file: all are given back first.
            Delegate.objects.filter(pk__in=[one.pk for one in touched]).update(seat="", alternate_number=None)
            Delegate.objects.bulk_update(touched, CHANGED, batch_size=AT_ONCE)
        Delegate.objects.bulk_create(fresh, batch_size=AT_ONCE)

    def _add_groups(self, rows: Sequence[Row]) -> None:
        wanted = {int(str(row.values["group"])) for row in rows if row.values.get("group")}
        for number in sorted(wanted - set(self._groups)):
            self._groups[number] = Group.objects.create(congress=self.congress, number=number)

    def _new_person(self, row: Row) -> Person:
        given = {one.name: row.values[one.name] for one in NEW_PEOPLE if one.name in row.values}
        code, name = str(row.values.get("code") or new_code()), str(row.values["full_name"])
        person = Person(code=code, full_name=name, **given)
        person.organisation = self._units[str(row.values["unit"])]
        person.refold()
        return person

    def _set(self, one: Delegate, row: Row) -> None:
        values = row.values
        number = _number(row)
        one.unit = self._units[str(values["unit"])]
        one.category = _category(row)
        one.alternate_number = int(str(number)) if number else None
        if "group" in values:
            one.group = self._groups[int(str(values["group"]))] if values["group"] else None
        if "seat" in values:
            one.seat = str(values["seat"] or "")


def _held(row: Row) -> Delegate | None:
    """Who is on the list already, once the room has looked the row up."""
    return row.known if isinstance(row.known, Delegate) else None


def _category(row: Row) -> str:
    """How the delegate came to be one once the row is written; a cell that is left empty changes nothing."""
    held = _held(row)
    return str(row.values.get("category") or (held.category if held else Category.ELECTED))


def _number(row: Row) -> object:
    """The number of the alternate once the row is written; of somebody who is no alternate any more it goes."""
    held = _held(row)
    if _category(row) != Category.ALTERNATE:
        return None
    return row.values.get("alternate_number", held.alternate_number if held else None)
