"""The tree of Thanh Giang: eleven parent organisations and 321 grassroots ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from daihoi.web.organisations.choices import Kind, Tier

TOP = "TG"


@dataclass(frozen=True)
class Parent:
    """An organisation right above the grassroots: how many stand below it and how many members they have."""

    code: str
    name: str
    kind: Kind
    place: str
    grassroots: int
    members: int
    minorities: tuple[str, ...] = ()
    share: float = 0.05
    """Of its people who belong to one of `minorities`."""


HILLS, COAST = ("Tày", "Nùng", "Dao", "Mông"), ("Khmer", "Hoa")
PARENTS = (
    Parent("TG-GC", "Đảng bộ thành phố Giang Châu", Kind.DISTRICT, "Giang Châu", 42, 6100, ("Hoa",)),
    Parent("TG-BH", "Đảng bộ thị xã Bình Sơn Hạ", Kind.DISTRICT, "Bình Sơn Hạ", 35, 3900, ("Khmer", "Hoa")),
    Parent("TG-NL", "Đảng bộ huyện Nà Lương", Kind.DISTRICT, "Nà Lương", 31, 3350, HILLS, 0.62),
    Parent("TG-DH", "Đảng bộ huyện Đông Hòa", Kind.DISTRICT, "Đông Hòa", 38, 4200, ("Khmer",)),
    Parent("TG-TP", "Đảng bộ huyện Tân Phước Giang", Kind.DISTRICT, "Tân Phước Giang", 33, 3600, ("Khmer",)),
    Parent("TG-MT", "Đảng bộ huyện Mỹ Thuận Đông", Kind.DISTRICT, "Mỹ Thuận Đông", 30, 3100, COAST, 0.12),
    Parent("TG-KL", "Đảng bộ huyện Khánh Lâm", Kind.DISTRICT, "Khánh Lâm", 29, 2900, HILLS, 0.31),
    Parent("TG-HV", "Đảng bộ huyện Hải Vân Đông", Kind.DISTRICT, "Hải Vân Đông", 27, 2800, ("Hoa",)),
    Parent("TG-KH", "Đảng bộ Khối Cơ quan và Doanh nghiệp tỉnh", Kind.BLOC, "Giang Châu", 41, 4700, ("Tày",)),
    Parent("TG-QS", "Đảng bộ Quân sự tỉnh", Kind.ARMED_FORCES, "Giang Châu", 8, 640, ("Tày",)),
    Parent("TG-CA", "Đảng bộ Công an tỉnh", Kind.ARMED_FORCES, "Giang Châu", 7, 1250, ("Tày",)),
)
NA_LUONG = PARENTS[2]

_FIRST = ("Tân", "Phú", "An", "Bình", "Long", "Mỹ", "Hòa", "Vĩnh", "Đông", "Thạnh", "Phước", "Châu")
_SECOND = ("Lợi", "Thành", "Hưng", "Khánh", "Điền", "Giang", "Thuận", "Xuân", "Quới", "Trung", "Đức", "Lộc")
_HILL_FIRST = ("Nà", "Bản", "Khau", "Pác", "Lũng", "Tà", "Cốc", "Phiêng")
_HILL_SECOND = ("Phặc", "Lầu", "Vai", "Ngòi", "Hán", "Pàng", "Luông", "Khao", "Mò", "Tủm")
_AGENCIES = (
    *("Cơ quan Ủy ban nhân dân", "Cơ quan Đảng - Đoàn thể", "Công an", "Quân sự", "Trung tâm Y tế"),
    *("Trường Trung học phổ thông số 1", "Trường Trung học phổ thông số 2", "Chi cục Thuế", "Kho bạc Nhà nước"),
    *("Hạt Kiểm lâm", "Ngân hàng Chính sách xã hội", "Bưu điện", "Tòa án nhân dân", "Viện Kiểm sát nhân dân"),
    *("Chi cục Thi hành án dân sự", "Công ty Cổ phần Môi trường đô thị", "Trung tâm Văn hóa và Truyền thông"),
)
_OF_THE_BLOC = (
    *("Sở Nội vụ", "Sở Tài chính", "Sở Kế hoạch và Đầu tư", "Sở Giáo dục và Đào tạo", "Sở Y tế", "Sở Xây dựng"),
    *("Sở Giao thông vận tải", "Sở Công Thương", "Sở Tư pháp", "Sở Khoa học và Công nghệ", "Văn phòng Tỉnh ủy"),
    *("Sở Nông nghiệp và Phát triển nông thôn", "Sở Tài nguyên và Môi trường", "Sở Thông tin và Truyền thông"),
    *("Sở Lao động - Thương binh và Xã hội", "Sở Văn hóa, Thể thao và Du lịch", "Thanh tra tỉnh", "Tỉnh đoàn"),
    *("Ban Tổ chức Tỉnh ủy", "Ban Tuyên giáo Tỉnh ủy", "Ban Dân vận Tỉnh ủy", "Hội Nông dân tỉnh", "Báo Thanh Giang"),
    *("Đài Phát thanh và Truyền hình tỉnh", "Trường Chính trị tỉnh", "Trường Cao đẳng Thanh Giang"),
    *("Bệnh viện Đa khoa tỉnh", "Cục Thuế tỉnh", "Cục Thống kê tỉnh", "Kho bạc Nhà nước tỉnh", "Bảo hiểm xã hội tỉnh"),
    *("Công ty Điện lực Thanh Giang", "Công ty Cổ phần Cấp nước", "Công ty Xổ số kiến thiết", "Viễn thông Thanh Giang"),
    *("Ngân hàng Nhà nước chi nhánh tỉnh", "Công ty Cổ phần Thủy sản Giang Châu", "Liên đoàn Lao động tỉnh"),
    *("Hội Liên hiệp Phụ nữ tỉnh", "Hội Cựu chiến binh tỉnh", "Văn phòng Ủy ban nhân dân tỉnh"),
)
_OF_FORCES = (
    *("Phòng Tham mưu", "Phòng Chính trị", "Phòng Hậu cần", "Phòng Kỹ thuật", "Trung đoàn 893", "Đại đội Trinh sát"),
    *("Ban Chỉ huy thành phố Giang Châu", "Trại tạm giam"),
)


def rows(chance: Random) -> Iterator[dict[str, object]]:
    """The list of organisations as a spreadsheet would hold it, the top first."""
    yield _row(TOP, "", "Đảng bộ tỉnh Thanh Giang", Tier.PROVINCE, Kind.PROVINCE, "Giang Châu", 0)
    plain = [f"{first} {second}" for first in _FIRST for second in _SECOND]
    hills = [f"{first} {second}" for first in _HILL_FIRST for second in _HILL_SECOND]
    chance.shuffle(plain)
    chance.shuffle(hills)
    for parent in PARENTS:
        yield _row(parent.code, TOP, parent.name, Tier.ABOVE_GRASSROOTS, parent.kind, parent.place, 0)
        places = hills if parent.minorities == HILLS else plain
        named = list(_named(parent, places))
        shares = [chance.uniform(0.6, 1.4) for _one in named]
        for number, ((name, kind, place), share) in enumerate(zip(named, shares, strict=True), start=1):
            members = round(parent.members * share / sum(shares))
            code = f"{parent.code}-{number:02d}"
            yield _row(code, parent.code, name, Tier.GRASSROOTS, kind, place, members)


def _named(parent: Parent, places: list[str]) -> Iterator[tuple[str, Kind, str]]:
    """Names of what stands below a parent; takes the places that it uses."""
    if parent.kind is Kind.DISTRICT:
        yield from _of_district(parent, places)
        return
    listed, kind = (_OF_THE_BLOC, Kind.AGENCY) if parent.kind is Kind.BLOC else (_OF_FORCES, Kind.ARMED_FORCES)
    for name in listed[: parent.grassroots]:
        yield f"Đảng bộ {name}", Kind.ENTERPRISE if "Công ty" in name else kind, parent.place


def _of_district(parent: Parent, places: list[str]) -> Iterator[tuple[str, Kind, str]]:
    """Two agencies to three communes or wards, as districts have them."""
    agencies = _AGENCIES[: parent.grassroots * 2 // 5]
    communes = parent.grassroots - len(agencies)
    for number in range(communes):
        place = places.pop()
        word = "phường" if parent.code == "TG-GC" and number < communes * 2 // 3 else "xã"
        yield f"Đảng bộ {word} {place}", Kind.COMMUNE, place
    tail = parent.name.removeprefix("Đảng bộ ")
    for name in agencies:
        kind = Kind.ARMED_FORCES if name in {"Công an", "Quân sự"} else Kind.AGENCY
        yield f"{'Đảng bộ' if is_large(name) else 'Chi bộ'} {name} {tail}", kind, parent.place


def is_large(name: str) -> bool:
    """Whether an agency is large enough to be a Đảng bộ with branches below it."""
    return name.startswith(("Cơ quan", "Công an", "Quân sự", "Trung tâm Y tế"))


def _row(code: str, parent: str, name: str, tier: Tier, kind: Kind, place: str, members: int) -> dict[str, object]:
    probation = members // 25
    return {
        "code": code, "parent": parent, "name": name, "tier": tier.value, "kind": kind.value, "place_name": place,
        "official_members": members - probation, "probationary_members": probation, "has_seal": "có",
    }  # fmt: skip
