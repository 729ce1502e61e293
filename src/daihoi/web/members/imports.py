"""People from a spreadsheet, told apart by their codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daihoi.web.lists.imports.entering import enter
from daihoi.web.lists.imports.plan import Field, Importer, Kind, Row
from daihoi.web.lists.imports.values import shown
from daihoi.web.members.choices import PERSONNEL, Degree, Education, Sex, Theory
from daihoi.web.members.models import Person, alike_as, folded_as, new_code
from daihoi.web.members.order import DATES, wrong_order
from daihoi.web.organisations.models import Organisation

FIELDS: tuple[Field, ...] = (
    Field("code", gettext_lazy("Code"), Kind.CODE,
          ("mã", "mã đảng viên", "số thẻ đảng", "số thẻ", "mã số", "mã cán bộ", "mã người"), longest=40,
          example="VD-0001",
          note=gettext_lazy("Reading the same code again changes that person; without one a code is given.")),
    Field("full_name", gettext_lazy("Full name"), Kind.TEXT, ("họ tên", "họ và tên", "họ và tên khai sinh", "tên"),
          required=True, longest=120, example="Nguyễn Văn Ví Dụ"),
    Field("organisation", gettext_lazy("Code of the organisation"), Kind.CODE,
          ("mã tổ chức", "mã đơn vị", "mã tổ chức đảng", "mã chi bộ", "mã đảng bộ", "mã cơ sở"),
          required=True, longest=40, example="VD-01-02", note=gettext_lazy("As in the list of organisations.")),
    Field("post", gettext_lazy("Post"), Kind.TEXT, ("chức vụ", "chức vụ hiện nay", "chức danh", "chức vụ công tác"),
          example="Bí thư Đảng ủy xã"),
    Field("other_name", gettext_lazy("Other name"), Kind.TEXT, ("tên khác", "tên gọi khác", "bí danh"), longest=120),
    Field("sex", gettext_lazy("Sex"), Kind.CHOICE, ("giới tính", "giới", "nam nữ", "phái"), answers=Sex.choices,
          synonyms={"M": "male", "F": "female", "ông": "male", "bà": "female"}, example="Nam"),
    Field("born", gettext_lazy("Date of birth"), Kind.PARTIAL_DATE,
          ("ngày sinh", "ngày tháng năm sinh", "năm sinh", "sinh ngày", "sinh năm"), example="30/04/1975"),
    Field("ethnicity", gettext_lazy("Ethnicity"), Kind.TEXT, ("dân tộc",), longest=40, example="Kinh"),
    Field("religion", gettext_lazy("Religion"), Kind.TEXT, ("tôn giáo",), longest=60, example="Không"),
    Field("native_place", gettext_lazy("Native place"), Kind.TEXT, ("quê quán", "nguyên quán", "quê")),
    Field("joined", gettext_lazy("Admitted on probation"), Kind.PARTIAL_DATE,
          ("ngày vào đảng", "vào đảng", "ngày kết nạp", "kết nạp", "ngày dự bị", "ngày vào đảng dự bị"),
          example="19/05/1998"),
    Field("official", gettext_lazy("Official member since"), Kind.PARTIAL_DATE,
          ("ngày chính thức", "chính thức", "ngày công nhận chính thức", "ngày vào đảng chính thức"),
          example="19/05/1999"),
    Field("education", gettext_lazy("General education"), Kind.CHOICE,
          ("giáo dục phổ thông", "trình độ phổ thông", "học vấn", "trình độ học vấn", "văn hóa", "trình độ văn hóa"),
          answers=Education.choices,
          synonyms={"12/12": "upper_secondary", "10/10": "upper_secondary", "THPT": "upper_secondary",
                    "cấp 3": "upper_secondary", "9/12": "lower_secondary", "THCS": "lower_secondary",
                    "cấp 2": "lower_secondary", "trung học phổ thông": "upper_secondary", "cấp 1": "primary"}),
    Field("degree", gettext_lazy("Professional degree"), Kind.CHOICE,
          ("trình độ chuyên môn", "chuyên môn", "trình độ chuyên môn nghiệp vụ", "học hàm học vị", "bằng cấp"),
          answers=Degree.choices,
          synonyms={"TS": "doctor", "ThS": "master", "ĐH": "bachelor", "CĐ": "college", "TC": "vocational",
                    "SC": "elementary", "cử nhân": "bachelor", "kỹ sư": "bachelor", "bác sĩ": "bachelor",
                    "cao học": "master", "không": "none", "chưa qua đào tạo": "none"}),
    Field("major", gettext_lazy("Major"), Kind.TEXT, ("chuyên ngành", "ngành", "ngành đào tạo"), longest=160),
    Field("theory", gettext_lazy("Political theory"), Kind.CHOICE,
          ("lý luận chính trị", "LLCT", "trình độ LLCT", "trình độ lý luận chính trị"), answers=Theory.choices,
          synonyms={"cao cấp": "advanced", "CC": "advanced", "trung cấp": "intermediate", "TC": "intermediate",
                    "sơ cấp": "elementary", "SC": "elementary", "cử nhân": "bachelor", "CN": "bachelor",
                    "không": "none", "chưa": "none"}),
    Field("languages", gettext_lazy("Foreign languages"), Kind.TEXT, ("ngoại ngữ", "trình độ ngoại ngữ"), longest=120),
    Field("computing", gettext_lazy("Computing"), Kind.TEXT, ("tin học", "trình độ tin học"), longest=120),
    Field("is_sitting_member", gettext_lazy("Sits on the committee"), Kind.YES_NO,
          ("cấp ủy viên", "là cấp ủy viên", "cấp ủy đương nhiệm", "ủy viên đương nhiệm")),
    Field("is_local", gettext_lazy("Comes from here"), Kind.YES_NO, ("người địa phương", "là người địa phương")),
)  # fmt: skip
AT_ONCE = 5000
PLAIN = tuple(one.name for one in FIELDS if one.name not in {"code", "organisation"})
_PERSONNEL = frozenset(PERSONNEL)


@dataclass(frozen=True)
class _Same:
    """What a person is known by where the code does not say it."""

    folded: str
    born: str
    alike: str
    organisation: Organisation


@dataclass(frozen=True)
class _There:
    """Somebody who stands in the house already."""

    born: str
    code: str
    organisation: int
    place: str
    path: str


class PeopleImport(Importer):
    """`editable` are the organisations whose people may be changed; `personnel` says by the path of an organisation
    whether the viewer sees what the personnel papers say of its people.
    """

    name = "members"
    title = gettext_lazy("Import people")
    back = "people"
    here = "people_import"
    at_once = AT_ONCE

    def __init__(
        self, *, by: str, owner: str, editable: QuerySet[Organisation], personnel: Callable[[str], bool]
    ) -> None:
        super().__init__(by, owner)
        self.editable, self.personnel = editable, personnel
        self._organisations: dict[str, Organisation] = {}
        self._mine: set[int] = set()
        self._has_all = False

    @property
    def fields(self) -> Sequence[Field]:
        """All of them."""
        return FIELDS

    def judge(self, rows: Sequence[Row]) -> None:
        """Find each by its code, its organisation, and who is alike."""
        self._find_organisations(rows)
        known = self._find_people(rows)
        today = timezone.localdate()
        for row in rows:
            self._judge_one(row, known)
            # Of somebody else's people only what the row itself says: held against a guess, their dates would come out.
            held = {name: getattr(row.known, name) for name in DATES} if self._is_mine(row.known) else {}
            # Dates that a blind person sends are gone by now; what they do not see is not judged for them either.
            if _PERSONNEL & set(row.values) and (wrong := wrong_order({**held, **row.values}, today)):
                row.refuse(*wrong)
        # Of good rows alone: who is at fault is not entered, and cannot be somebody twice.
        self._find_alike([row for row in rows if row.is_good])

    def _find_organisations(self, rows: Sequence[Row]) -> None:
        wanted = {str(row.values["organisation"]) for row in rows} - set(self._organisations)
        if self._has_all or not wanted:
            return
        # Three columns: of a country these are 54,000 rows.
        light = self.editable.only("pk", "code", "path")
        # Beyond so many, reading all of them costs less than asking for each.
        self._has_all = len(wanted) > AT_ONCE // 5
        found = light if self._has_all else light.filter(code__in=wanted)
        self._organisations |= {one.code: one for one in found}

    def _find_people(self, rows: Sequence[Row]) -> dict[str, Person]:
        codes = [str(row.values["code"]) for row in rows if row.values.get("code")]
        found: dict[str, Person] = {}
        for start in range(0, len(codes), AT_ONCE):
            some = Person.objects.filter(code__in=codes[start : start + AT_ONCE]).select_related("organisation")
            found |= {one.code: one for one in some}
        places = {one.organisation_id for one in found.values()}
        self._mine = set(self.editable.filter(pk__in=places).values_list("pk", flat=True)) if places else set()
        return found

    def _judge_one(self, row: Row, known: Mapping[str, Person]) -> None:
        values = row.values
        code = str(values["organisation"])
        organisation = self._organisations.get(code)
        held = known.get(str(values.get("code", "")))
        row.known = held
        if organisation is None:
            row.refuse("organisation", _("No organisation of yours has the code “%(code)s”.") % {"code": code})
        if held is None:
            return
        if not self._is_mine(held):
            row.refuse("code", _("This code belongs to a person outside your part of the tree."))
            return
        if not self.personnel(held.organisation.path):
            self._leave_personnel(row)
        self._compare(row, held)
        if organisation is not None and held.organisation_id != organisation.pk:
            row.changes["organisation"] = held.organisation.code

    def _compare(self, row: Row, held: Person) -> None:
        for name in PLAIN:
            if name in row.values and getattr(held, name) != row.values[name]:
                row.changes[name] = shown(self.field_of(name), getattr(held, name))

    def _is_mine(self, known: object) -> bool:
        return isinstance(known, Person) and known.organisation_id in self._mine

    def _leave_personnel(self, row: Row) -> None:
        """Who does not see the personnel data of a person neither changes it nor learns whether it is the same."""
        given = _PERSONNEL & set(row.values)
        for name in given:
            del row.values[name]
        if given:
            row.warn("", _("Personnel data of this person stays as it is: only who may see it changes it."))

    def _find_alike(self, rows: Sequence[Row]) -> None:
        """Warn of people alike: in the house, and in the file itself."""
        every = [(row, self._same(row)) for row in rows]
        there = self._people_alike([one for row, one in every if row.known is None])
        seen: dict[tuple[str, int], Row] = {}
        for row, one in every:
            first = seen.setdefault((one.alike, one.organisation.pk), row)
            if first is not row:
                words = _("Row %(row)d has the same name, birth and organisation.")
                row.warn("full_name", words % {"row": first.number})
            if row.known is None:
                self._compare_alike(row, one, there.get(one.folded, ()))

    def _same(self, row: Row) -> _Same:
        folded = folded_as(str(row.values["full_name"]))
        born = str(row.values.get("born", ""))
        return _Same(folded, born, alike_as(folded, born), self._organisations[str(row.values["organisation"])])

    def _people_alike(self, fresh: Sequence[_Same]) -> dict[str, list[_There]]:
        """People of these names in the same organisations, and people of these names and births anywhere, by name."""
        mine = Person.objects.filter(organisation__in=self.editable.order_by()).order_by("pk")
        held = ("folded", "born", "code", "organisation_id", "organisation__name", "organisation__path")
        found: dict[str, dict[str, _There]] = defaultdict(dict)
        for start in range(0, len(fresh), AT_ONCE):
            some = fresh[start : start + AT_ONCE]
            places = {one.organisation.pk for one in some}
            same_place = mine.filter(folded__in={one.folded for one in some}, organisation_id__in=places)
            same_birth = mine.filter(alike__in={one.alike for one in some if one.born})
            for folded, *told in (*same_place.values_list(*held), *same_birth.values_list(*held)):
                found[folded][told[1]] = _There(*told)
        return {name: list(people.values()) for name, people in found.items()}

    def _compare_alike(self, row: Row, same: _Same, people: Sequence[_There]) -> None:
        for one in people:
            is_here = one.organisation == same.organisation.pk
            sees = self.personnel(one.path)
            if not (_may_be_one(same.born, one.born) if sees else is_here):
                continue
            # Of one name and another birth, elsewhere: somebody else.
            if not is_here and same.born != one.born:
                continue
            held = {"code": one.code, "place": one.place}
            if is_here and not row.values.get("code") and (not sees or same.born == one.born):
                words = _(
                    "This person seems to stand there already: code %(code)s, %(place)s; put that code in, or another "
                    "one where it is somebody else."
                )
                row.refuse("code", words % held)
            else:
                words = _("Somebody of this name stands there already: code %(code)s, %(place)s.")
                row.warn("full_name", words % held)
            return

    def write(self, rows: Sequence[Row]) -> None:
        """Enter and change many at once."""
        fresh, touched, names = [], [], set()
        for row in rows:
            if isinstance(row.known, Person):
                one, given = row.known, set(row.changes)
                names |= given
                touched.append(one)
            else:
                one, given = Person(code=str(row.values.get("code") or new_code())), set(row.values) - {"code"}
                fresh.append(one)
            for name in given - {"organisation"}:
                setattr(one, name, row.values[name])
            one.organisation = self._organisations[str(row.values["organisation"])]
            one.refold()
        enter(fresh)
        if touched:
            fields = names | ({"sort_text", "folded", "alike"} if names & {"full_name", "born"} else set())
            Person.objects.bulk_update(touched, sorted(fields), batch_size=500)


def _may_be_one(first: str, second: str) -> bool:
    """Whether two dates may be the same day: one may be known less exactly than the other, or not at all."""
    return first.startswith(second) or second.startswith(first)
