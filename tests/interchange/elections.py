"""An election file that is right, to be bent one line at a time."""

from __future__ import annotations

RIGHT = """
[congress]
title = "Đại hội đại biểu lần thứ XXIII"
organisation = "Đảng bộ huyện Nà Lương"
superior = "Đảng bộ tỉnh Thanh Giang"
place = "Nà Lương"
opens = 2025-05-19
closes = "20/05/2025"
form = "delegates"
edition = "190-QD-TW-2024"

[roll]
summoned = 190
present = 185
[[roll.deductions]]
ground = "convening_member_absent_throughout"
count = 2
note = "ốm"

[[contests]]
id = "bch"
office = "committee"
title = "Bầu Ban Chấp hành"
seats = 2
alternates = 0
prepared = 3
attending = 185
[[contests.candidates]]
id = "c01"
name = "Lò Thị An"
born = 1975
party_since = "03/02/1998"
[[contests.candidates]]
id = "c02"
name = "Vàng A Páo"
born = 1980-02-29
note = "Giàng Chu"
[[contests.candidates]]
id = "c03"
name = "Nguyễn Văn Bình"
source = "floor"
support = 60
[contests.ballots]
printed = 190
issued = 185
collected = 184
spoiled = 1
unused = 4

[[contests]]
id = "bch-2"
office = "committee"
title = "Bầu bổ sung"
seats = 1
round = 2
follows = "bch"
[[contests.candidates]]
id = "c01"
name = "Lò Thị An"

[[board]]
name = "Hà Thị Chiên"
role = "Trưởng ban"
unit = "Mường Chà"

[minutes]
presidium_head = "Mùa A Dơ"
opened = 2025-05-20T08:00:00
closed = "11 giờ 30"
copies = 4

[rules]
support_percent = 30
surplus_floor_one = true
name_order = "given_family_middle"

[[overrides]]
check = "surplus_within_limit"
by = "Đoàn Chủ tịch"
reason = "Đại hội quyết định"
document = "Biên bản số 02"
"""


def bent(old: str, new: str) -> bytes:
    """The right file with one piece exchanged once; the piece must be there."""
    assert old in RIGHT
    return RIGHT.replace(old, new, 1).encode()
