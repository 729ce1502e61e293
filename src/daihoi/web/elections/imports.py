"""The prepared list of a contest from a spreadsheet: people of the house, by code or by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daihoi.rules.names import fold_search
from daihoi.web.elections.choices import ContestState, Source
from daihoi.web.elections.models import Nomination
from daihoi.web.elections.services import lists, moving
from daihoi.web.lists.imports.plan import Field, Importer, Kind, Row
from daihoi.web.members.models import Person
from daihoi.web.organisations.queries import beneath

if TYPE_CHECKING:
    from daihoi.web.elections.place import At

FIELDS: tuple[Field, ...] = (
    Field("code", gettext_lazy("Code of the person"), Kind.CODE,
          ("mã", "mã đảng viên", "mã người", "số thẻ đảng", "số thẻ"), longest=40, example="VD-0001",
          note=gettext_lazy("As in the list of people; without it people are found by their name.")),
    Field("full_name", gettext_lazy("Full name"), Kind.TEXT, ("họ tên", "họ và tên", "tên", "người ứng cử", "ứng viên"),
          required=True, longest=120, example="Nguyễn Văn Ví Dụ"),
    Field("source", gettext_lazy("Proposed by"), Kind.CHOICE, ("nguồn", "nguồn giới thiệu", "diện"),
          answers=Source.choices, example="Cấp ủy triệu tập chuẩn bị",
          synonyms={"chuẩn bị": "prepared", "cấp ủy": "prepared", "ứng cử": "self", "tự ứng cử": "self",
                    "đề cử": "floor", "được đề cử": "floor"}),
    Field("note", gettext_lazy("What tells people of one name apart"), Kind.TEXT, ("ghi chú", "phân biệt"), longest=60),
)  # fmt: skip
AT_ONCE = 500


class ListImport(Importer):
    """Names for one contest: they are added, nobody is taken off."""

    name = "nominations"
    title = gettext_lazy("Import a list")
    back = "contest_names"
    here = "names_import"
    unique = ("code",)

    def __init__(self, at: At) -> None:
        # Bound to the contest too: a file sent for one must not be confirmed for another.
        super().__init__(at.by, f"{at.place.viewer.owner}:{at.contest.key}", at.keys)
        self.contest = at.contest
        self.place = at.place.congress.key
        self.seen = beneath(at.place.congress.organisation.path, "organisation__")
        self._people: dict[int, Person] = {}

    @property
    def fields(self) -> Sequence[Field]:
        """A name, who proposed it, what tells it apart."""
        return FIELDS

    def judge(self, rows: Sequence[Row]) -> None:
        """Find people below the congress; say who is on the list already."""
        by_code: dict[str, Person] = {}
        by_name: dict[str, list[Person]] = {}
        people = Person.objects.filter(self.seen)
        for some in (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE)):
            codes = {str(row.values["code"]) for row in some if row.values.get("code")}
            by_code |= {one.code: one for one in people.filter(code__in=codes)}
            for one in people.filter(folded__in={fold_search(str(row.values["full_name"])) for row in some}):
                by_name.setdefault(one.folded, []).append(one)
        there = {one.person_id: one for one in Nomination.objects.filter(contest=self.contest)}
        seen: dict[int, int] = {}
        for row in rows:
            person = _person(row, by_code, by_name)
            if person is None:
                continue
            if person.pk in seen:
                row.refuse("full_name", _("Row %(row)d is the same person.") % {"row": seen[person.pk]})
                continue
            seen[person.pk] = row.number
            self._people[row.number] = person
            row.known = there.get(person.pk)
            if row.known is not None:
                row.warn("", _("Is proposed in this contest already; the row changes nothing."))

    def write(self, rows: Sequence[Row]) -> None:
        """Propose them. Raises ValidationError where the list was closed meanwhile."""
        moving.held(self.contest, ContestState.PREPARING)
        for row in rows:
            lists.nominate(
                contest=self.contest, person=self._people[row.number], by=self.by,
                source=Source(str(row.values.get("source") or Source.PREPARED)),
                note=str(row.values.get("note") or ""),
            )  # fmt: skip


def _person(row: Row, by_code: dict[str, Person], by_name: dict[str, list[Person]]) -> Person | None:
    """The person of a row; what is wrong is said in the row."""
    code, folded = str(row.values.get("code") or ""), fold_search(str(row.values["full_name"]))
    if code:
        person = by_code.get(code)
        if person is None:
            row.refuse("code", _("Nobody below this congress has this code."))
        elif person.folded != folded:
            row.refuse("code", _("This code belongs to somebody of another name."))
            return None
        return person
    alike = by_name.get(folded, [])
    if len(alike) > 1:
        row.refuse("code", _("Several people below this congress bear this name; say which by the code."))
    elif not alike:
        row.refuse("full_name", _("Nobody of this name below this congress is in the house; enter the person first."))
    return alike[0] if len(alike) == 1 else None
