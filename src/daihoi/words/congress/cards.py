"""The wording of badges, place cards and the seat plan."""

from __future__ import annotations

KINDS = {
    "official": "ĐẠI BIỂU CHÍNH THỨC",
    "alternate": "ĐẠI BIỂU DỰ KHUYẾT",
    "guest": "KHÁCH MỜI",
    "organiser": "BAN TỔ CHỨC",
    "service": "PHỤC VỤ",
    "press": "BÁO CHÍ",
}
GROUP_SEAT = "{group} · Ghế {seat}"
SEAT = "Ghế {seat}"
BORN = "(sinh {born})"
BADGES = "Thẻ đại biểu"
PLACE_CARDS = "Thẻ tên để bàn"
SEAT_PLAN = "SƠ ĐỒ CHỖ NGỒI"
FOLD = "Gấp theo nét đứt, cắt theo nét liền"
NO_SEAT = "Chưa có chỗ trong sơ đồ:"
FREE = "Tổng số {seats} ghế, đã xếp {taken}, còn trống {free}."
NO_GROUP = "Chưa xếp tổ"
