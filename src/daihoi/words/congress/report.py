"""The sentences of the credentials report, one for each figure, in the order of the paper."""

from __future__ import annotations

BOARD = "BAN THẨM TRA TƯ\u00a0CÁCH\u00a0ĐẠI\u00a0BIỂU"
SUFFIX = "-BC/ĐH"
KIND = "BÁO CÁO"
ABSTRACT = "thẩm tra tư cách đại biểu dự {congress}"
STATUTES = "Căn cứ Điều lệ Đảng Cộng sản Việt Nam"
ELECTIONS = "Căn cứ kết quả bầu đại biểu của các tổ chức đảng trực thuộc và hồ sơ do cấp ủy triệu tập đại hội cung cấp"
OPENING = "Ban thẩm tra tư cách đại biểu báo cáo Đại hội kết quả thẩm tra tư cách đại biểu như sau:"

CALLED_HEAD = "1. Việc triệu tập và số đại biểu có mặt"
SUMMONED = "Tổng số đại biểu chính thức được triệu tập dự Đại hội là {count} đồng chí, thuộc {units} tổ chức đảng."
PRESENT = "Số đại biểu có mặt là {count} đồng chí, chiếm {percent} số đại biểu được triệu tập."
ABSENT = "Số đại biểu vắng mặt là {count} đồng chí, trong đó vắng mặt có lý do {leave}, không có lý do {without}."
ABSENT_NONE = "Không có đại biểu vắng mặt."
UNRECORDED = "Còn {count} đại biểu chưa ghi có mặt hay vắng mặt."
ABSENT_INTRO = "Đại biểu vắng mặt:"
PERSON = "Đồng chí {name}, {unit}"
PERSON_REASON = "{person} ({reason})"
NO_REASON = "không có lý do"

REPLACED_INTRO = "Đại biểu dự khuyết được triệu tập thay thế đại biểu chính thức:"
REPLACED = "Đồng chí {name}{place}, {unit}, thay đồng chí {left}"
REPLACED_ON = "{said} (theo {decision})"
REPLACED_OPEN = "{said} (văn bản quyết định: chưa ghi)"
ALTERNATE_PLACE = " (dự khuyết thứ {number})"
NOT_LISTED = "không có trong danh sách"

CATEGORY_HEAD = "2. Thành phần đại biểu"
OF_PRESENT = "Các số liệu dưới đây tính trên {count} đại biểu có mặt."
OF_SUMMONED = "Các số liệu dưới đây tính trên {count} đại biểu được triệu tập."
COUNTED = "{label}: {count} đồng chí, chiếm {percent}"
COUNTED_NONE = "{label}: không có"
DETAILED = "{said} (gồm: {details})"
DETAIL = "{name} {count} đồng chí"

SEX_HEAD = "3. Giới tính, dân tộc, tôn giáo"
AGE_HEAD = "4. Tuổi đời"
OLDEST = "Đại biểu cao tuổi nhất"
YOUNGEST = "Đại biểu trẻ tuổi nhất"
SPAN = "{label}: {people}"
SPAN_PERSON = "đồng chí {name}, {age} tuổi (sinh {born}), {unit}"
AVERAGE = "Tuổi bình quân: {average} tuổi, tính trên {count} đại biểu đã ghi ngày sinh"
AVERAGE_NONE = "Tuổi bình quân: chưa ghi ngày sinh của đại biểu nào"
PARTY_HEAD = "5. Tuổi đảng và Huy hiệu Đảng"
PARTY_OLDEST = "Đại biểu có tuổi đảng cao nhất"
PARTY_YOUNGEST = "Đại biểu có tuổi đảng thấp nhất"
PARTY_PERSON = "đồng chí {name}, {age} năm tuổi đảng, {unit}"
PARTY_NEW = "đồng chí {name}, chưa đủ 01 năm tuổi đảng, {unit}"
AND_OTHERS = "và {count} đồng chí khác (không phân biệt được theo ngày, tháng đã ghi)"
STUDY_HEAD = "6. Trình độ"
MERIT_HEAD = "7. Khen thưởng, kỷ luật"
COMPLAINTS_HEAD = "8. Đơn thư về tư cách đại biểu"
NO_COMPLAINTS = "Ban thẩm tra tư cách đại biểu không nhận được đơn thư khiếu nại, tố cáo về tư cách đại biểu."
COMPLAINTS = (
    "Ban thẩm tra tư cách đại biểu đã nhận {received} đơn thư khiếu nại, tố cáo về tư cách đại biểu; đã xem xét, kết "
    "luận {settled} đơn, {upheld}; còn {left} đơn chưa kết luận."
)
UPHELD = "trong đó {count} đơn có nội dung đúng"
UPHELD_NONE = "không có đơn nào có nội dung đúng"
QUORUM_HEAD = "9. Điều kiện tiến hành đại hội"
QUORUM_DELEGATES = (
    "Số đại biểu có mặt là {part} trên {whole} đại biểu được triệu tập ({percent}); yêu cầu ít nhất {wanted}, tức là "
    "{needed} đại biểu"
)
QUORUM_UNITS = (
    "Có đại biểu của {part} trên {whole} tổ chức đảng trực thuộc ({percent}); yêu cầu ít nhất {wanted}, tức là "
    "{needed} tổ chức đảng"
)
QUORUM_HOLDS = "Đại hội đủ điều kiện tiến hành theo hai tỷ lệ nêu trên"
QUORUM_FAILS = "Đại hội CHƯA đủ điều kiện tiến hành theo hai tỷ lệ nêu trên"
QUORUM_UNCONFIRMED = "{said} (tỷ lệ yêu cầu chưa đối chiếu được với văn bản chính thức, xem {annex})."
CLOSING_HEAD = "10. Kết luận và đề nghị"
ALL_FIT = "Qua thẩm tra, {count} đại biểu được triệu tập dự Đại hội đủ tư cách đại biểu."
MOST_FIT = "Qua thẩm tra, {fit} trên {count} đại biểu được triệu tập dự Đại hội đủ tư cách đại biểu."
UNEXAMINED = "Còn {open} đại biểu chưa được kết luận về tư cách, được tiếp tục thẩm tra và báo cáo Đại hội."
OPEN_CASES = "{open} đơn thư chưa kết luận được tiếp tục xem xét, báo cáo Đại hội trước khi biểu quyết."
SOME_FIT = (
    "Qua thẩm tra, {fit} trên {count} đại biểu được triệu tập dự Đại hội đủ tư cách đại biểu; Ban thẩm tra tư cách đại "
    "biểu đề nghị Đại hội xem xét, quyết định không công nhận tư cách đại biểu đối với {refused} đồng chí:"
)
PROPOSAL = "Ban thẩm tra tư cách đại biểu kính đề nghị Đại hội xem xét, biểu quyết công nhận tư cách đại biểu"
SIGN_AUTHORITY = "T/M BAN THẨM TRA TƯ\u00a0CÁCH\u00a0ĐẠI\u00a0BIỂU"
SIGN_POST = "TRƯỞNG BAN"

ANNEX = "PHỤ LỤC {number}"
ANNEX_UNITS = "Đại biểu được triệu tập, có mặt, vắng mặt theo tổ chức đảng"
UNITS_COLUMNS = ("TT", "Tổ chức đảng", "Triệu tập", "Có mặt", "Vắng có lý do", "Vắng không lý do", "Chưa ghi")
TOTAL = "Tổng số"
ANNEX_FIGURES = "Biểu tổng hợp số liệu đại biểu"
FIGURES_COLUMNS = ("Nội dung", "Số đại biểu", "Tỷ lệ (%)")
OF_WHICH = "Trong đó: {name}"
ANNEX_GAPS = "Đại biểu còn thiếu thông tin (ghi là “Chưa ghi” trong các số liệu)"
GAPS_COLUMNS = ("TT", "Họ và tên", "Tổ chức đảng", "Thông tin chưa ghi")
ANNEX_SETTINGS = "Thiết lập đã dùng, chưa đối chiếu được với văn bản chính thức"
SETTINGS_COLUMNS = ("TT", "Thiết lập", "Giá trị", "Điều khoản")

SETTING_MEANINGS = {
    "age_bands": "Các mốc chia nhóm tuổi đời",
    "party_age_bands": "Các mốc chia nhóm tuổi đảng",
    "age_counting": "Cách tính tuổi",
    "party_age_from": "Ngày bắt đầu tính tuổi đảng",
    "share_of": "Tỷ lệ và số liệu tính trên",
    "majority_ethnicity": "Dân tộc đa số",
    "quorum_delegates": "Tỷ lệ đại biểu có mặt tối thiểu để tiến hành đại hội",
    "quorum_units": "Tỷ lệ tổ chức đảng trực thuộc có đại biểu tối thiểu",
    "members_for_delegates": "Số đảng viên từ đó tổ chức đại hội đại biểu",
    "designated_percent": "Tỷ lệ tối đa đại biểu được chỉ định (%)",
}
SETTING_VALUES = {
    "full_years": "đủ năm, tính đến ngày báo cáo",
    "calendar_years": "hiệu số năm dương lịch",
    "present": "đại biểu có mặt",
    "summoned": "đại biểu được triệu tập",
    "joined": "ngày ghi trong quyết định kết nạp",
    "official": "ngày công nhận chính thức",
}
GAP_NAMES = {
    "sex": "giới tính",
    "ethnicity": "dân tộc",
    "religion": "tôn giáo",
    "age": "ngày sinh",
    "party_age": "ngày vào Đảng",
    "badge": "Huy hiệu Đảng",
    "education": "trình độ giáo dục phổ thông",
    "degree": "trình độ chuyên môn",
    "theory": "trình độ lý luận chính trị",
    "award": "khen thưởng",
    "discipline": "kỷ luật",
    "attendance": "có mặt hay vắng mặt",
}
BAND_UNITS = {"age": "tuổi", "party_age": "năm tuổi đảng"}
BAND_UNDER = "Dưới {high} {unit}"
BAND_FROM_TO = "Từ {low} đến {high} {unit}"
BAND_AND_OVER = "Từ {low} {unit} trở lên"
LABELS = {
    ("category", "ex_officio"): "Đại biểu đương nhiên",
    ("category", "elected"): "Đại biểu được bầu",
    ("category", "designated"): "Đại biểu được chỉ định",
    ("category", "alternate"): "Đại biểu dự khuyết được triệu tập thay thế",
    ("sex", "female"): "Đại biểu nữ",
    ("sex", "male"): "Đại biểu nam",
    ("ethnicity", "majority"): "Đại biểu là người dân tộc {majority}",
    ("ethnicity", "minority"): "Đại biểu là người dân tộc thiểu số",
    ("religion", "with"): "Đại biểu theo tôn giáo",
    ("religion", "without"): "Đại biểu không theo tôn giáo",
    ("award", "with"): "Đại biểu được khen thưởng",
    ("award", "without"): "Đại biểu không có hình thức khen thưởng",
    ("discipline", "with"): "Đại biểu bị thi hành kỷ luật",
    ("discipline", "without"): "Đại biểu không bị thi hành kỷ luật",
    ("badge", "without"): "Chưa được tặng Huy hiệu Đảng",
}
"""Where the paper says a figure in fuller words than a chart does."""
TOPIC_LABELS = {
    "education": "Trình độ giáo dục phổ thông",
    "degree": "Trình độ chuyên môn",
    "theory": "Trình độ lý luận chính trị",
}
