"""The fixed Vietnamese wording of a ballot paper. It does not follow the language of the screen."""

from __future__ import annotations

KIND = "PHIẾU BẦU CỬ"
SEATS = "Số lượng cần bầu: {seats}"
ROUND = "Bầu lần thứ {round}"
COLUMNS_STRIKE_OUT = ("Số TT", "Họ và tên")
COLUMNS_AGREE = ("Số thứ tự", "Họ và tên", "Đồng ý", "Không đồng ý")
PAGE = "Trang {page}/{pages}"
TURN_OVER = ("Phiếu có 2 mặt,", "xem tiếp mặt sau")
RULER = "Thước kiểm tra tỷ lệ in: 100 mm"
REHEARSAL = "DIỄN TẬP"

VOTER = {"delegates": "Đại biểu", "members": "Đảng viên", "meeting": "Đồng chí"}
"""Who votes, by the form of the congress."""

STRIKE_OUT = "{voter} gạch giữa cả chữ họ và tên những người mình không bầu; số người để lại không quá {seats}."
AGREE = "Đánh dấu X vào một trong hai ô của mỗi người."

PLACES = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "thị trấn", "xã", "phường", "thôn", "bản", "khóa", "lần thứ")
"""Words that stay on one line with the name or number that follows them."""
PHRASES = (
    "đại hội", "đại biểu", "đảng viên", "đảng bộ", "chi bộ", "đảng ủy", "huyện ủy", "tỉnh ủy", "thành ủy",
    "ban chấp hành", "ban thường vụ", "ủy ban kiểm tra", "ủy viên", "chủ nhiệm", "bí thư", "phó bí thư",
    "nhiệm kỳ", "lần thứ", "đi dự", "cấp trên", "dự khuyết", "chính thức", "thành phố", "thị xã", "thị trấn",
)  # fmt: skip
"""Phrases that are not broken at the end of a line."""


def how_to_vote(form: str, congress_form: str, names: int, own: str = "") -> str:
    """The instruction of a ballot form; `own` are an organisation's own words, with {voter} and {seats} put in."""
    text = own or (STRIKE_OUT if form == "strike_out" else AGREE)
    # Not str.format: an organisation's own words may hold any brace.
    return text.replace("{voter}", VOTER[congress_form]).replace("{seats}", str(names))
