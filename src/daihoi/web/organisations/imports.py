"""Organisations from a spreadsheet: the tree by codes of parents, rows in any order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daihoi.web.lists.imports.plan import Field, Importer, Kind, Row
from daihoi.web.lists.imports.values import shown
from daihoi.web.organisations.choices import Kind as OrganisationKind
from daihoi.web.organisations.choices import Tier
from daihoi.web.organisations.models import FormerName, Organisation
from daihoi.web.organisations.planting import last_places, plant
from daihoi.web.organisations.services import hold_tree

FIELDS: tuple[Field, ...] = (
    Field("code", gettext_lazy("Code"), Kind.CODE, ("mã", "mã tổ chức", "mã đơn vị", "mã tổ chức đảng", "mã số"),
          required=True, longest=40, example="VD-01-02",
          note=gettext_lazy("Its own, for good; reading the same code again changes that organisation.")),
    Field("parent", gettext_lazy("Code of the parent"), Kind.CODE,
          ("mã cấp trên", "mã tổ chức cấp trên", "thuộc", "trực thuộc", "mã đảng bộ cấp trên", "cấp trên"),
          longest=40, example="VD-01",
          note=gettext_lazy("Code of what stands right above it; empty for the top. Rows may stand in any order.")),
    Field("name", gettext_lazy("Name"), Kind.TEXT,
          ("tên", "tên tổ chức", "tên tổ chức đảng", "tên đơn vị", "tên đảng bộ", "tổ chức đảng", "đơn vị"),
          required=True, longest=300, example="Đảng bộ xã Ví Dụ",
          note=gettext_lazy("In full, as on papers.")),
    Field("tier", gettext_lazy("Tier"), Kind.CHOICE, ("cấp", "cấp tổ chức", "bậc"), required=True,
          answers=Tier.choices, example="Cơ sở",
          synonyms={"huyện": "TREN_CO_SO", "cấp huyện": "TREN_CO_SO", "trên cơ sở": "TREN_CO_SO",
                    "cấp trên cơ sở": "TREN_CO_SO", "cấp trên trực tiếp cơ sở": "TREN_CO_SO", "cấp tỉnh": "TINH",
                    "cấp cơ sở": "CO_SO", "TCCSĐ": "CO_SO", "xã": "CO_SO", "cấp xã": "CO_SO"}),
    Field("kind", gettext_lazy("Kind"), Kind.CHOICE, ("loại", "loại hình", "loại tổ chức"),
          answers=OrganisationKind.choices,
          synonyms={"tỉnh": "province", "xã": "commune", "phường": "commune", "thị trấn": "commune",
                    "huyện": "district", "cơ quan": "agency", "doanh nghiệp": "enterprise", "chi bộ": "branch",
                    "khối": "bloc"}),
    Field("short_name", gettext_lazy("Short name"), Kind.TEXT, ("tên ngắn", "tên gọn"), longest=120),
    Field("abbreviation", gettext_lazy("Abbreviation"), Kind.TEXT, ("viết tắt", "tên viết tắt"), longest=20),
    Field("place_name", gettext_lazy("Place name on papers"), Kind.TEXT, ("địa danh",), longest=120),
    Field("official_members", gettext_lazy("Official members"), Kind.WHOLE,
          ("đảng viên chính thức", "số đảng viên chính thức", "đv chính thức"), example="120"),
    Field("probationary_members", gettext_lazy("Probationary members"), Kind.WHOLE,
          ("đảng viên dự bị", "số đảng viên dự bị", "đv dự bị"), example="3"),
    Field("has_seal", gettext_lazy("Has a seal of its own"), Kind.YES_NO, ("con dấu", "có con dấu")),
    Field("email", gettext_lazy("E-mail"), Kind.TEXT, ("thư điện tử", "email"), longest=254),
    Field("phone", gettext_lazy("Telephone"), Kind.CODE, ("điện thoại", "số điện thoại"), longest=40),
    Field("valid_from", gettext_lazy("Since"), Kind.DATE, ("từ ngày", "ngày thành lập", "thành lập")),
)  # fmt: skip
PLAIN = tuple(one.name for one in FIELDS if one.name not in {"code", "parent"})
"""Fields of an organisation that a cell sets as it is."""
AT_ONCE = 1000


class OrganisationImport(Importer):
    """`editable` are the organisations that the person may change; `whole`: also the top of the tree."""

    name = "organisations"
    title = gettext_lazy("Import organisations")
    back = "organisations"
    here = "organisations_import"

    def __init__(self, *, by: str, owner: str, editable: QuerySet[Organisation], whole: bool) -> None:
        super().__init__(by, owner)
        self.editable, self.whole = editable, whole
        self._known: dict[str, Organisation] = {}
        self._by_path: dict[str, Organisation] = {}

    @property
    def fields(self) -> Sequence[Field]:
        """All of them."""
        return FIELDS

    def judge(self, rows: Sequence[Row]) -> None:
        """Find each by its code, its parent in the tree or in the file, and what is other than it stands."""
        # A constant number of questions: the tree of a country is judged in one go.
        self._look_up(rows)
        # As numbers: asking for each row whether it is in the sub-tree would be a query for each.
        mine = set(self.editable.values_list("pk", flat=True))
        here = {str(row.values["code"]): row for row in rows}
        for row in rows:
            self._judge_one(row, here, mine)
        _refuse_circles(here)
        _refuse_below_bad(here)

    def _look_up(self, rows: Sequence[Row]) -> None:
        wanted = {str(row.values[name]) for row in rows for name in ("code", "parent") if row.values.get(name)}
        everything = Organisation.objects.all()
        # Beyond so many, reading the whole tree costs less than asking for each.
        found = everything.filter(code__in=wanted) if len(wanted) <= AT_ONCE else everything
        self._known = {one.code: one for one in found}
        parents = {_path_above(one.path) for one in self._known.values()} - {one.path for one in self._known.values()}
        above = everything.filter(path__in=parents) if len(parents) <= AT_ONCE else everything
        self._by_path = {one.path: one for one in (*self._known.values(), *above)}

    def _judge_one(self, row: Row, here: Mapping[str, Row], mine: Collection[int]) -> None:
        values = row.values
        held = self._known.get(str(values["code"]))
        row.known = held
        if held is not None and held.pk not in mine:
            # Told, or the clerk would look for the row in vain; what it is called is not.
            row.refuse("code", _("This code belongs to an organisation outside your part of the tree."))
            return
        if email := values.get("email"):
            _check_email(row, str(email))
        self._judge_parent(row, held, here, mine)
        if held is not None:
            self._compare(row, held)

    def _judge_parent(
        self, row: Row, held: Organisation | None, here: Mapping[str, Row], mine: Collection[int]
    ) -> None:
        code = str(row.values.get("parent") or "")
        if not code:
            row.values.pop("parent", None)
            if held is None and not self.whole:
                row.refuse("parent", _("Say under which organisation it stands; the top of the tree is not yours."))
            return
        parent = self._known.get(code)
        if code == row.values["code"]:
            row.refuse("parent", _("An organisation cannot stand below itself."))
        elif parent is not None:
            _judge_place(row, held, parent, mine)
        elif code not in here:
            row.refuse("parent", _("No organisation has the code “%(code)s”, here or in this file.") % {"code": code})

    def _compare(self, row: Row, held: Organisation) -> None:
        for name in PLAIN:
            if name in row.values and (now := getattr(held, name)) != _kept(name, row.values[name]):
                row.changes[name] = shown(self.field_of(name), now)
        above = self._by_path.get(_path_above(held.path))
        code = row.values.get("parent")
        if code and (above is None or above.code != code):
            row.changes["parent"] = above.code if above else ""

    def write(self, rows: Sequence[Row]) -> None:
        """Change first what is there, plant what is new below it, then move."""
        hold_tree()
        changed = list(_with_known([row for row in rows if row.known is not None]))
        _keep_names([held for row, held in changed if "name" in row.changes])
        for row, held in changed:
            _set(held, {name: row.values[name] for name in row.changes if name != "parent"})
        Organisation.objects.bulk_update([held for _row, held in changed], [*PLAIN, "folded"], batch_size=AT_ONCE)
        self._plant([row for row in rows if row.known is None])
        # Last: a parent may be new itself.
        for row, held in changed:
            if "parent" in row.changes:
                # Each move shifts paths: both are read anew.
                target = Organisation.objects.get(code=row.values["parent"])
                Organisation.objects.move(Organisation.objects.get(pk=held.pk), target, "last-child")

    def _plant(self, rows: Sequence[Row]) -> None:
        """Enter new organisations, parents before children."""
        by_code = {str(row.values["code"]): row for row in rows}
        parents = {code: self._known[code] for code in self._parents(rows) if code in self._known}
        # Paths are given here: treebeard would ask the database once for each organisation.
        places = last_places(parents.values())
        made: dict[str, Organisation] = dict(parents)
        fresh: list[Organisation] = []
        children: dict[int, int] = {}
        for code in _from_the_top(by_code):
            row = by_code[code]
            parent = made.get(str(row.values.get("parent", "")))
            one = Organisation(code=code)
            _set(one, {name: value for name, value in row.values.items() if name in PLAIN})
            plant(one, parent, places)
            if parent is not None and parent.pk is not None:
                children[parent.pk] = children.get(parent.pk, 0) + 1
            made[code] = one
            fresh.append(one)
        Organisation.objects.bulk_create(fresh, batch_size=AT_ONCE)
        # Counted by the database itself: others may be planting below the same parent.
        for pk, number in children.items():
            Organisation.objects.filter(pk=pk).update(numchild=F("numchild") + number)

    def _parents(self, rows: Sequence[Row]) -> set[str]:
        return {str(row.values["parent"]) for row in rows if row.values.get("parent")}


def _with_known(rows: Sequence[Row]) -> Iterator[tuple[Row, Organisation]]:
    for row in rows:
        assert isinstance(row.known, Organisation)  # noqa: S101 -- set by `judge`
        yield row, row.known


def _judge_place(row: Row, held: Organisation | None, parent: Organisation, mine: Collection[int]) -> None:
    """Whether an organisation may stand below this one, which is in the tree already."""
    said = {"code": parent.code}
    if parent.pk not in mine and not _stays(held, parent):
        row.refuse("parent", _("The organisation “%(code)s” is outside your part of the tree.") % said)
    elif held is not None and parent.path.startswith(held.path):
        row.refuse("parent", _("“%(code)s” stands below this organisation now; move that one first.") % said)


def _keep_names(renamed: Iterable[Organisation]) -> None:
    """Put the present names into the history, before others take their place."""
    today = timezone.localdate()
    FormerName.objects.bulk_create(FormerName(organisation=one, name=one.name, until=today) for one in renamed)


def _kept(name: str, value: object) -> object:
    """A value of a cell as the field of an organisation holds it: no day is None, no text is empty."""
    return (value or None) if name == "valid_from" else value


def _set(organisation: Organisation, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        setattr(organisation, name, _kept(name, value))
    organisation.refold()


def _path_above(path: str) -> str:
    return path[: -Organisation.steplen]


def _stays(held: Organisation | None, parent: Organisation) -> bool:
    """Whether it stands below this parent already: the top of one's own part of the tree has one that is not one's."""
    return held is not None and _path_above(held.path) == parent.path


def _check_email(row: Row, email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        row.refuse("email", _("“%(text)s” is no e-mail address.") % {"text": email})


def _parent_row(row: Row, here: Mapping[str, Row]) -> Row | None:
    """The row of the same file that it stands below."""
    return here.get(str(row.values.get("parent", "")))


def _refuse_circles(here: Mapping[str, Row]) -> None:
    """Refuse rows that stand below themselves by way of others."""
    done: set[int] = set()
    for row in here.values():
        way: list[Row] = []
        one: Row | None = row
        # Each row is gone through once, however deep the file.
        while one is not None and one.number not in done and one not in way:
            way.append(one)
            one = _parent_row(one, here)
        if one is not None and one.number not in done:
            for bad in way[way.index(one) :]:
                bad.refuse("parent", _("It stands below itself, by way of row %(row)d.") % {"row": way[-1].number})
        done |= {one.number for one in way}


def _refuse_below_bad(here: Mapping[str, Row]) -> None:
    """A row whose parent stays out cannot come in, nor what stands below it."""
    for code in _from_the_top(here):
        row = here[code]
        parent = _parent_row(row, here)
        if parent is not None and parent.faults and row.is_good and not _is_there(parent):
            row.refuse("parent", _("Its parent in row %(row)d is at fault.") % {"row": parent.number})


def _is_there(row: Row) -> bool:
    return row.known is not None


def _from_the_top(here: Mapping[str, Row]) -> Iterator[str]:
    """Codes with parents before children; those in a circle come too, in some order."""
    given: set[str] = set()
    for start in here:
        way: list[str] = []
        code = start
        while code in here and code not in given:
            given.add(code)
            way.append(code)
            code = str(here[code].values.get("parent", ""))
        yield from reversed(way)
