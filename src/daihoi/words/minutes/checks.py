"""Settings and checks of the list in the words of the minutes' annex; a name without words stands as it is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from daihoi.words.minutes.figures import value_day_vi

SETTINGS: Mapping[str, str] = {
    "surplus_limit_percent": "Số dư tối đa của danh sách bầu cử, tính theo phần trăm số lượng cần bầu",
    "surplus_floor_one": "Dù số lượng cần bầu ít, danh sách vẫn được có số dư một người",
    "prepared_low_percent": "Số dư tối thiểu của danh sách chuẩn bị, tính theo phần trăm (chỉ để lưu ý)",
    "prepared_high_percent": "Số dư tối đa của danh sách chuẩn bị, tính theo phần trăm (chỉ để lưu ý)",
    "support_percent": "Người ngoài danh sách chuẩn bị phải được quá tỉ lệ này ủng hộ, tính theo số người dự",
    "branch_minimum": "Số đảng viên chính thức ít nhất để chi bộ tiến hành đại hội",
    "name_order": "Phần của họ tên được so sau tên gọi khi xếp danh sách",
    "delegates_list": "Đại biểu chính thức và dự khuyết cùng một danh sách",
    "strike_instruction": "Lời hướng dẫn trên phiếu có số dư (để trống: lời của phần mềm)",
    "agree_instruction": "Lời hướng dẫn trên phiếu không có số dư (để trống: lời của phần mềm)",
    "over_vote_limit": "Phiếu bầu đại biểu bị coi là bầu quá số lượng khi vượt số này",
    "blank_single_ballot": "Phiếu một người, không đánh dấu ô nào",
    "no_agree_ballot": "Phiếu nhiều người không có số dư, không đồng ý ai: đề xuất với Ban kiểm phiếu",
    "delegates_deduct_absent_throughout": "Đại hội đại biểu: trừ người vắng mặt suốt thời gian đại hội khỏi cơ sở tính",
    "meeting_deducts_suspended": "Hội nghị: trừ người bị đình chỉ, khởi tố, truy tố, tạm giam khỏi cơ sở tính",
    "meeting_deducts_on_leave": "Hội nghị: trừ người được phép vắng mặt suốt hội nghị khỏi cơ sở tính",
    "temporary_transfer_counted_when_present": "Đảng viên sinh hoạt tạm thời nơi khác được tính nếu có mặt",
    "show_of_hands_deducts": "Người được trừ khi biểu quyết giơ tay (không dùng cho phiếu kín)",
    "ranking": "Khi số người quá một nửa nhiều hơn số lượng cần bầu: cách lấy người trúng cử",
    "tie_reballot_plurality": "Bầu lại khi bằng phiếu: người nhiều phiếu hơn trúng cử, không cần quá một nửa",
    "second_tie": "Bầu lại mà vẫn bằng phiếu",
    "alternates_order": "Cách lấy đại biểu dự khuyết trong số người còn lại",
    "alternates_need_majority": "Đại biểu dự khuyết cũng phải được quá một nửa",
    "alternates_short": "Thiếu đại biểu dự khuyết",
    "shortfall": "Thiếu người trúng cử so với số lượng cần bầu",
    "complaint_working_days": "Số ngày làm việc nhận khiếu nại sau khi bế mạc",
    "archive_months": "Số tháng lưu phiếu đã niêm phong",
    "minutes_copies": "Số bản biên bản",
    "layout_profile_from": "Ngày bắt đầu áp dụng thể thức của Hướng dẫn 05-HD/VPTW",
}

PLURALITY = "tie_reballot_plurality"
"""`check` of the override by which the presidium confirms a re-ballot decided without more than half."""

CHECKS: Mapping[str, str] = {
    "candidates_exceed_seats": "Danh sách bầu cử phải nhiều hơn số lượng cần bầu",
    "surplus_within_limit": "Số dư không vượt quá mức tối đa",
    "support_over_30_percent": "Người ngoài danh sách chuẩn bị phải được hơn 30% ủng hộ",
    "board_member_on_list": "Thành viên Ban kiểm phiếu không có tên trong danh sách bầu cử",
    "branch_minimum_three": "Chi bộ có ít nhất ba đảng viên chính thức",
    "prepared_surplus_band": "Số dư của danh sách chuẩn bị",
    "prepared_count": "Số người của danh sách chuẩn bị",
    "support_not_given": "Mức ủng hộ của người ngoài danh sách chuẩn bị",
    "attending_not_given": "Số người dự khi lấy ý kiến ủng hộ",
    "office_of_form": "Chức danh bầu so với hình thức đại hội, hội nghị",
    "surplus_other_office": "Số dư của danh sách bầu chức danh khác",
    "candidates_fewer_than_seats": "Danh sách ít hơn số lượng cần bầu",
    "too_few_for_alternates": "Danh sách không đủ để bầu dự khuyết",
    "single_seat_office": "Chức danh chỉ có một người",
    "names_not_told_apart": "Người trùng họ tên",
    "order_of_names": "Thứ tự tên trong danh sách",
    "follows_not_given": "Lần bầu trước của lần bầu này",
    PLURALITY: "Xác nhận kết quả bầu lại theo số phiếu cao hơn, không cần quá một nửa",
}

WARNINGS: Mapping[str, str] = {
    "prepared_surplus_band": (
        "Danh sách chuẩn bị có {prepared} người để bầu {seats}, số dư {surplus}, ngoài khoảng từ {low}% đến {high}%."
    ),
    "prepared_count": "Danh sách chuẩn bị ghi {prepared} người nhưng trên phiếu có {on_list} người của danh sách đó.",
    "support_not_given": "Chưa ghi số người ủng hộ {name}, là người ngoài danh sách chuẩn bị ({source}).",
    "attending_not_given": "Chưa ghi số người dự khi lấy ý kiến ủng hộ; đã lấy số có mặt khi bỏ phiếu để so.",
    "office_of_form": "Hình thức này ({form}) thường không bầu {office}.",
    "surplus_other_office": "Danh sách có {candidates} người để bầu {seats}, số dư {surplus}, nhiều hơn {limit}.",
    "candidates_fewer_than_seats": "Danh sách có {candidates} người, ít hơn số lượng cần bầu là {seats}.",
    "too_few_for_alternates": (
        "Danh sách có {candidates} người, không đủ để bầu {seats} đại biểu chính thức và {alternates} dự khuyết."
    ),
    "single_seat_office": "Số lượng cần bầu là {seats} nhưng {office} chỉ có một người.",
    "names_not_told_apart": "Có nhiều người tên {name} mà năm sinh không phân biệt được.",
    "order_of_names": "Thứ tự tên: vị trí {place} là {name}, theo vần phải là {expected}.",
    "follows_not_given": "Chưa ghi lần bầu này tiếp theo lần bầu nào.",
}

FIELD_VALUES: Mapping[str, str] = {
    "delegates": "đại biểu",
    "members": "đại hội đảng viên",
    "meeting": "hội nghị",
    "committee": "ban chấp hành",
    "standing_committee": "ban thường vụ",
    "secretary": "bí thư",
    "deputy_secretary": "phó bí thư",
    "inspection_committee": "ủy ban kiểm tra",
    "inspection_chair": "chủ nhiệm ủy ban kiểm tra",
    "self": "tự ứng cử",
    "floor": "được đề cử tại đại hội",
    "prepared": "trong danh sách chuẩn bị",
}

VALUES: Mapping[str, str] = {
    "": "(để trống)",
    "true": "có",
    "false": "không",
    "True": "có",
    "False": "không",
    "given_family_middle": "họ, rồi tên đệm",
    "given_middle_family": "tên đệm, rồi họ",
    "common": "chung một danh sách",
    "official": "số đại biểu chính thức",
    "official_and_alternates": "số chính thức và dự khuyết",
    "invalid": "không hợp lệ",
    "valid": "hợp lệ",
    "propose_by_disagree": "hợp lệ nếu có ô không đồng ý được đánh dấu",
    "propose_invalid": "không hợp lệ",
    "propose_valid": "hợp lệ",
    "elsewhere_and_exempt": "sinh hoạt tạm thời nơi khác và được miễn",
    "nobody": "không trừ ai",
    "votes_high_to_low": "từ số phiếu cao xuống thấp",
    "congress_decides": "do đại hội quyết định",
    "vote_again_then_congress_decides": "bầu tiếp, sau đó do đại hội quyết định",
}


def setting_vi(name: str) -> str:
    """What a setting decides."""
    return SETTINGS.get(name, name)


def value_vi(value: str) -> str:
    """A setting's value; true and false become words."""
    return VALUES.get(value) or value_day_vi(value)


def check_vi(check: str) -> str:
    """What a check of the list asks."""
    return CHECKS.get(check, check)


def warning_vi(check: str, fields: Mapping[str, object]) -> str:
    """A warning with its figures; where no sentence is known: the check and its figures, bare."""
    template = WARNINGS.get(check)
    if template is not None:
        try:
            return template.format(**{name: _shown(name, value) for name, value in fields.items()})
        except (KeyError, IndexError, ValueError):
            # Figures that the sentence expects and the check did not give: print what there is.
            pass
    figures = ", ".join(f"{name}: {value}" for name, value in fields.items())
    return f"{check_vi(check)} ({figures})" if figures else check_vi(check)


def _shown(name: str, value: object) -> object:
    """Codes in words; names of people and figures as they are."""
    told = value.value if isinstance(value, Enum) else value
    if name == "form" and told == "delegates":
        # The same word is an office (delegates to the higher congress) and a form (a congress of delegates).
        return "đại hội đại biểu"
    coded = name in ("form", "office", "source") and isinstance(told, str)
    return FIELD_VALUES.get(str(told), told) if coded else told
