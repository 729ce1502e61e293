"""A branch of twelve members that elects two of three, and its secretary: small enough to count in a second."""

from __future__ import annotations

from pathlib import Path

TINY = """\
[congress]
title = "Đại hội Chi bộ Thôn Hạ"
organisation = "Chi bộ Thôn Hạ"
superior = "Đảng bộ xã Bản Mới"
place = "Nhà văn hóa thôn"
opens = 2025-05-10
closes = 2025-05-10
form = "members"

[roll]
summoned = 12
present = 11

[[roll.deductions]]
ground = "temporarily_elsewhere"
count = 1

[[contests]]
id = "bch"
office = "committee"
title = "Bầu Ban Chấp hành Chi bộ"
seats = 2

[contests.ballots]
printed = 12
issued = 6
collected = 6
unused = 6

[[contests.candidates]]
id = "c01"
name = "Nông Văn An"

[[contests.candidates]]
id = "c02"
name = "Lý Thị Bình"

[[contests.candidates]]
id = "c03"
name = "Giàng A Chu"

[[contests]]
id = "bi-thu"
office = "secretary"
title = "Bầu Bí thư Chi bộ"
seats = 1

[contests.ballots]
printed = 12
issued = 6
collected = 6
unused = 6

[[contests.candidates]]
id = "b01"
name = "Nông Văn An"

[[board]]
name = "Vàng Thị Mỷ"
role = "Trưởng ban"

[minutes]
presidium_head = "Lò Văn Pẻng"
opened = 2025-05-10T08:00:00
closed = 2025-05-10T08:40:00
"""


def write(folder: Path, *changes: tuple[str, str], name: str = "election.toml") -> Path:
    """The tiny election in a file, with texts exchanged; each must be there, or the test would test nothing."""
    text = TINY
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
