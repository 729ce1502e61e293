"""The wording of summons, invitations, the notice with its allocation, and the lists of groups."""

from __future__ import annotations

WHEN = "Thời gian"
SESSION_UNTIL = "{begins}, đến hết {ends}"
WHERE = "Địa điểm"

SUMMONS = "GIẤY TRIỆU TẬP"
SUMMONS_ABSTRACT = "đại biểu dự {congress}"
SUMMONS_OPENING = "{committee} triệu tập:"
COMRADE = "Đồng chí {name}"
FIELDS = {
    "born": "Ngày sinh",
    "post": "Chức vụ",
    "unit": "Tổ chức đảng",
    "category": "Tư cách đại biểu",
    "group": "Tổ đại biểu, số ghế",
}
CATEGORIES = {
    "ex_officio": "Đại biểu chính thức (đương nhiên)",
    "elected": "Đại biểu chính thức (được bầu)",
    "designated": "Đại biểu chính thức (được chỉ định)",
    "alternate": "Đại biểu dự khuyết",
}
ALTERNATE_NUMBER = "Đại biểu dự khuyết thứ {number}"
CALLED_UP = "Đại biểu dự khuyết, được triệu tập thay thế đại biểu chính thức"
CALLED_UP_ON = "Đại biểu dự khuyết, được triệu tập thay thế đại biểu chính thức (theo {decision})"
SUMMONS_NOTES = (
    (
        "Đề nghị đồng chí có mặt đúng thời gian, mang theo giấy triệu tập này để nhận thẻ và tài liệu. Nếu không thể "
        "dự Đại hội, đề nghị đồng chí báo cáo bằng văn bản với {committee} trước ngày khai mạc."
    ),
)
CODE = ("Mã điểm danh:", "{code}")
SEAT = "ghế {seat}"
RECIPIENTS = "Nơi nhận:"

INVITATION = "GIẤY MỜI"
INVITATION_OPENING = "{committee} trân trọng kính mời:"
INVITED = "{address} {name}"
INVITED_TO = "Tới dự {congress}."
INVITATION_NOTES = ("Sự hiện diện của {address} góp phần vào thành công của Đại hội.",)
NO_NAME = "……………………………………………………"

NOTICE = "THÔNG BÁO"
NOTICE_ABSTRACT = "triệu tập {congress} và phân bổ đại biểu"
NOTICE_OPENING = "{committee} thông báo triệu tập {congress} như sau:"
NOTICE_TIME = "1. Thời gian, địa điểm"
NOTICE_NUMBER = "2. Số lượng và phân bổ đại biểu"
NOTICE_TOTAL = (
    "Tổng số đại biểu chính thức được triệu tập là {official} đồng chí, gồm: đại biểu đương nhiên {ex_officio}, đại "
    "biểu được bầu {elected}, đại biểu được chỉ định {designated}. Số đại biểu dự khuyết là {alternates}."
)
ALLOCATION_INTRO = "Phân bổ đại biểu cho {units} tổ chức đảng ({members} đảng viên):"
ALLOCATION_COLUMNS = (
    "TT", "Đơn vị", "Số đảng viên", "Đương nhiên", "Được bầu", "Chỉ định", "Cộng chính thức", "Dự khuyết",
)  # fmt: skip
TOTAL = "Tổng số"
NOTICE_CLOSING = (
    "Đề nghị các tổ chức đảng trực thuộc căn cứ số lượng được phân bổ để bầu đại biểu theo đúng nguyên tắc, thủ tục và "
    "báo cáo kết quả về {committee}"
)

GROUP_LIST = "DANH SÁCH"
GROUP_ABSTRACT = "{group} dự {congress}"
GROUP_HEAD = "Tổ trưởng: {name}."
GROUP_SECRETARY = "Thư ký: {name}."
GROUP_ROOM = "Địa điểm thảo luận: {room}."
GROUP_TOPICS = "Nội dung thảo luận: {topics}."
GROUP_COUNT = "Danh sách gồm {count} đại biểu:"
GROUP_NOBODY = "Danh sách chưa có đại biểu."
GROUP_COLUMNS = ("TT", "Họ và tên", "Năm sinh", "Chức vụ, đơn vị", "Số ghế", "Ghi chú")
GROUP_ROLES = {"head": "Tổ trưởng", "secretary": "Thư ký"}
NO_GROUP = "Đại biểu chưa xếp tổ"
ALTERNATE_NOTE = "Dự khuyết"
