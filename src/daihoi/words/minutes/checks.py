"""Settings and checks of the list in the words of the minutes' annex; a name without words stands as it is."""

from __future__ import annotations

from collections.abc import Mapping

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

CHECKS: Mapping[str, str] = {}

WARNINGS: Mapping[str, str] = {}

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
    return VALUES.get(value, value)


def check_vi(check: str) -> str:
    """What a check of the list asks."""
    return CHECKS.get(check, check)


def warning_vi(check: str, fields: Mapping[str, object]) -> str:
    """A warning with its figures; where no sentence is known: the check and its figures, bare."""
    template = WARNINGS.get(check)
    if template is not None:
        try:
            return template.format(**fields)
        except (KeyError, IndexError, ValueError):
            # Figures that the sentence expects and the check did not give: print what there is.
            pass
    figures = ", ".join(f"{name}: {value}" for name, value in fields.items())
    return f"{check_vi(check)} ({figures})" if figures else check_vi(check)
