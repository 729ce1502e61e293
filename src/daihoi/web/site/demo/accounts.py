"""Who signs in to the house of the demo. The password is known to everybody: for the demo only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from daihoi.web.accounts import services
from daihoi.web.accounts.choices import OF_ONE_CONGRESS, Role
from daihoi.web.organisations.models import Organisation

BY = "demo"
PASSWORD = "thu-thach-Na-Luong"  # noqa: S105 -- printed for everybody to read
"""Of every account of the demo."""


@dataclass(frozen=True)
class Place:
    """One account: its role and the code of the organisation it is given for; empty stands for the whole tree."""

    username: str
    full_name: str
    role: Role
    code: str = ""


PLACES: Sequence[Place] = (
    Place("quantri", "Trần Minh Quân", Role.ADMINISTRATOR),
    Place("thuongvu", "Lê Hồng Phong Vũ", Role.STANDING),
    Place("tochuc", "Phạm Thị Ngọc Lan", Role.ORGANISATION_COMMISSION),
    Place("vanphong", "Đỗ Quang Hải", Role.OFFICE),
    Place("kiemtra", "Vũ Đức Thắng", Role.INSPECTION),
    Place("huyenuy", "Nông Văn Bình", Role.CONVENING, "TG-NL"),
    Place("vanthu", "Bế Thị Hạnh", Role.CLERK, "TG-NL"),
    Place("thamtra", "Hoàng Minh Khoa", Role.CREDENTIALS, "TG-NL"),
    Place("diemdanh", "Ma Thị Yến", Role.CHECK_IN, "TG-NL"),
    Place("phucvu", "Lương Xuân Đạt", Role.EVENT, "TG-NL"),
    Place("chutoa", "Nông Đức Mạnh Cường", Role.PRESIDIUM, "TG-NL"),
    Place("thuky", "Hà Thị Thu", Role.SECRETARIAT, "TG-NL"),
    Place("truongbkp", "Đinh Quốc Tuấn", Role.COUNTING_HEAD, "TG-NL"),
    Place("kiemphieu", "Lê Thị Mai", Role.COUNTING, "TG-NL"),
)
"""A person of each kind of role; the last ones are of the congress of Nà Lương."""


def let_in(congresses: Mapping[str, str]) -> None:
    """Make the accounts; `congresses` are keys of congresses by the codes of their organisations."""
    found = {one.code: one for one in Organisation.objects.filter(code__in=[place.code for place in PLACES])}
    for place in PLACES:
        user = services.create_user(username=place.username, full_name=place.full_name, password=PASSWORD)
        scope = found.get(place.code)
        services.grant(
            user=user,
            role=place.role,
            by=BY,
            organisation=scope.key if scope else "",
            congress=congresses.get(place.code, "") if place.role in OF_ONE_CONGRESS else "",
            scope_name=scope.name if scope else "",
        )


def told() -> Iterator[str]:
    """Who may sign in, as the command line prints it."""
    names = dict(Organisation.objects.filter(code__in=[place.code for place in PLACES]).values_list("code", "name"))
    yield _("Sign-ins of the demo, all with the password %(password)s (known to everybody: for the demo only):") % {
        "password": PASSWORD
    }
    for place in PLACES:
        yield f"  {place.username:<10} {place.role.label}: {names.get(place.code) or _('the whole tree')}"
