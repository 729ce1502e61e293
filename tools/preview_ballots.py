#!/usr/bin/env python3
"""Draw sample ballots as PNG to look at: `python tools/preview_ballots.py OUT_DIR [names ...]`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from PIL import Image

from daihoi.interchange.terms import Congress, Election
from daihoi.papers.ballots import prepare
from daihoi.papers.render import rasters
from daihoi.rules.terms import Candidate, CandidateId, CongressForm, Contest, ContestId, Office, PartialDate

FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Lò", "Giàng", "Quàng", "Hà")
MIDDLES = ("Văn", "Thị", "Hữu", "Thị Minh", "Đức", "Thị Hồng", "Quốc", "A", "Thị Thanh", "Xuân")
GIVEN = ("An", "Bình", "Cường", "Dũng", "Giang", "Hạnh", "Khánh", "Lan", "Mạnh", "Ngọc", "Phượng", "Quỳnh", "Yến")
LONG = {5: "Công Tằng Tôn Nữ Thị Huyền Trang", 11: "H'Hoa Niê Kđăm Mlô Duôn Du", 17: "Nguyễn Thị Hoàng Phương Thảo"}


def sample(names: int, form: str) -> tuple[Election, Contest]:
    """A fictional contest of so many names: `strike` has a surplus, `agree` has none."""
    candidates = []
    for place in range(names):
        name = f"{FAMILIES[place % 12]} {MIDDLES[place * 7 % 10]} {GIVEN[place * 5 % 13]}"
        name = LONG.get(place, "Trần Văn Hùng" if place in (1, 8) else name)
        candidates.append(Candidate(CandidateId(f"c{place + 1:03d}"), name, PartialDate(1960 + place)))
    seats = names if form == "agree" else max(1, names - max(1, names // 9))
    title = "Bầu Ban Chấp hành Đảng bộ huyện Nà Lương khóa XXIII, nhiệm kỳ 2025 - 2030"
    contest = Contest(ContestId("bch"), Office.COMMITTEE, title, seats, tuple(candidates))
    congress = Congress(
        title="Đại hội đại biểu Đảng bộ huyện Nà Lương lần thứ XXIII, nhiệm kỳ 2025 - 2030",
        organisation="Đảng bộ huyện Nà Lương",
        superior="Đảng bộ tỉnh Thanh Giang",
        place="Nà Lương",
        opens=date(2025, 6, 17),
        closes=date(2025, 6, 18),
        form=CongressForm.DELEGATES,
    )
    return Election(congress, None, (contest,)), contest


def main() -> None:
    """Write one PNG a page."""
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    counts = [int(word) for word in sys.argv[2:]] or [1, 3, 15, 30, 44, 70, 100]
    for form in ("strike", "agree"):
        for names in counts:
            election, contest = sample(names, form)
            if form == "strike" and names == 1:
                continue
            prepared = prepare(election, contest, secret=b"s" * 32, rehearsal=names == 3)
            for place, page in enumerate(rasters(prepared.pdf, 100), start=1):
                Image.fromarray(page).save(out / f"{form}-{names:03d}-{place}.png")


if __name__ == "__main__":
    main()
