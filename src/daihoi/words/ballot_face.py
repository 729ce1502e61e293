"""The fixed Vietnamese wording of a ballot paper. It does not follow the language of the screen."""

from __future__ import annotations

KIND = "PHIẾU BẦU CỬ"
SEATS = "Số lượng cần bầu: {seats}"
ROUND = "Bầu lần thứ {round}"
COLUMNS_STRIKE_OUT = ("Số TT", "Họ và tên")
COLUMNS_AGREE = ("Số thứ tự", "Họ và tên", "Đồng ý", "Không đồng ý")
PAGE = "Trang {page}/{pages}"
TURN_OVER = "Phiếu có 2 mặt, xem tiếp mặt sau"
RULER = "Thước kiểm tra tỷ lệ in: 100 mm"
REHEARSAL = "DIỄN TẬP"

VOTER = {"delegates": "Đại biểu", "members": "Đảng viên", "meeting": "Đồng chí"}
"""Who votes, by the form of the congress."""

STRIKE_OUT = "{voter} gạch giữa cả chữ họ và tên những người mình không bầu; số người để lại không quá {seats}."
AGREE = "Đánh dấu X vào một trong hai ô của mỗi người."


def how_to_vote(congress_form: str, seats: int) -> str:
    """The instruction of the strike form; `seats` may be left standing at most."""
    return STRIKE_OUT.format(voter=VOTER[congress_form], seats=seats)
