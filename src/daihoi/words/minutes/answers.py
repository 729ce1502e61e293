"""Codes of the count in the words of the minutes: grounds, outcomes, rounds, answers of the board, reasons."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping

from daihoi.rules.terms import CandidateOutcome, InvalidGround, RoundKind

GROUNDS: Mapping[InvalidGround, str] = {
    InvalidGround.NOT_ISSUED: "phiếu không do Ban kiểm phiếu phát ra",
    InvalidGround.SIGNED_OR_EXTRA_TEXT: "phiếu có ký tên hoặc viết thêm",
    InvalidGround.OUTSIDE_NAME: "phiếu bầu người ngoài danh sách",
    InvalidGround.DISTINGUISHING_MARK: "phiếu đánh dấu riêng hoặc dùng nhiều loại mực",
    InvalidGround.OVER_VOTE: "phiếu bầu quá số lượng cần bầu",
    InvalidGround.VOTES_NOBODY: "phiếu không bầu cho ai",
    InvalidGround.SINGLE_BOTH: "phiếu đánh dấu cả hai ô",
    InvalidGround.SINGLE_NONE: "phiếu không đánh dấu ô nào",
}

OUTCOMES: Mapping[CandidateOutcome, str] = {
    CandidateOutcome.ELECTED: "Trúng cử",
    CandidateOutcome.ALTERNATE: "Dự khuyết",
    CandidateOutcome.TIED: "Bằng phiếu",
    CandidateOutcome.QUALIFIED_NOT_ELECTED: "Quá một nửa, không trúng cử",
    CandidateOutcome.NOT_QUALIFIED: "Không quá một nửa",
}

ROUNDS: Mapping[RoundKind, str] = {
    RoundKind.FIRST: "(lần {round})",
    RoundKind.FURTHER: "(bầu tiếp, lần {round})",
    RoundKind.TIE_REBALLOT: "(bầu lại trong số những đồng chí có số phiếu bằng nhau, lần {round})",
}

ANSWERS: Mapping[str, str] = {
    "kept": "để lại",
    "struck": "gạch",
    "agree": "đồng ý",
    "disagree": "không đồng ý",
    "both": "cả hai ô",
    "none": "không ô nào",
    "doubtful": "chưa rõ",
    "valid": "phiếu hợp lệ",
    "undecided": "chưa kết luận",
    "rescanned": "đã quét lại",
    "not_a_ballot": "không phải phiếu bầu",
    "a_ballot": "là một phiếu riêng",
    "recounted": "đã đếm lại bằng tay",
    **{ground.value: words for ground, words in GROUNDS.items()},
}

KEYED = "nhập tay: {marks}"

REASONS: Mapping[str, str] = {
    "partial_strike": "nét gạch chưa hết họ và tên",
    "underline": "gạch dưới tên",
    "circle": "khoanh tên",
    "tick_on_name": "đánh dấu trên tên",
    "two_rows": "nét chạm hai hàng",
    "erased": "có vết tẩy xóa",
    "faint": "nét mờ",
    "small_ink": "vết mực nhỏ",
    "beside": "vết mực bên cạnh họ tên hoặc ô",
    "streak": "vệt máy quét hoặc nếp gấp",
    "leaves_box": "nét ra ngoài ô",
    "scribble": "nét tô rối",
    "broken_line": "nét đứt đoạn",
    "local_shift": "ảnh bị lệch cục bộ",
    "covered": "chữ in bị che hoặc mất",
    "unclear": "không rõ",
    "readers_differ": "hai bộ đọc cho kết quả khác nhau",
    "second_kept": "bộ đọc thứ hai: để lại",
    "second_struck": "bộ đọc thứ hai: gạch",
    "second_agree": "bộ đọc thứ hai: đồng ý",
    "second_disagree": "bộ đọc thứ hai: không đồng ý",
    "second_both": "bộ đọc thứ hai: cả hai ô",
    "second_none": "bộ đọc thứ hai: không ô nào",
    "second_partial": "bộ đọc thứ hai: gạch một phần họ tên",
    "second_faint": "bộ đọc thứ hai: nét mờ",
    "second_small": "bộ đọc thứ hai: vết mực nhỏ",
    "second_lost": "bộ đọc thứ hai: không tìm thấy hàng",
    "not_an_image": "không phải tệp ảnh",
    "locked": "tệp PDF bị khóa",
    "photo_too_coarse": "ảnh chụp không đủ nét",
    "photo_blurred": "ảnh chụp bị mờ, nhòe",
    "photo_oblique": "ảnh chụp bị nghiêng",
    "photo_covered": "ảnh chụp bị che hoặc lóa sáng",
    "truncated": "tệp bị cắt cụt",
    "too_large": "ảnh quá lớn",
    "no_scan_in_pdf": "tệp PDF không có ảnh quét",
    "blank_page": "trang trắng",
    "corners_not_found": "không thấy dấu góc",
    "code_unreadable": "không đọc được mã",
    "codes_disagree": "hai mã khác nhau",
    "not_our_code": "mã không phải của phiếu này",
    "other_congress": "phiếu của đại hội khác",
    "other_contest": "phiếu của nội dung bầu khác",
    "other_round": "phiếu của lần bầu khác",
    "other_form": "phiếu của mẫu in khác",
    "rehearsal": "phiếu diễn tập",
    "not_rehearsal": "phiếu thật trong cuộc diễn tập",
    "wrong_scale": "sai tỉ lệ in",
    "distorted": "ảnh méo",
    "streaks": "nhiều vệt máy quét",
    "ends_reader": "trang làm chương trình đọc dừng đột ngột",
    "duplicate_file": "tệp trùng",
    "duplicate_image": "ảnh trùng",
    "missing_front": "thiếu mặt trước",
    "missing_back": "thiếu mặt sau",
    "not_this_sheet": "không phải mẫu phiếu đã nhận dạng",
    "other_names": "tên in khác mẫu phiếu đã nhận dạng hoặc bị che",
    "same_sheet": "giống một phiếu đã quét",
    "batch_count": "số phiếu của tệp khác số đếm tay",
    "no_agree": "không đồng ý ai trong danh sách",
    "seen_by_board": "Ban kiểm phiếu thấy trên phiếu",
    **{ground.value: words for ground, words in GROUNDS.items()},
}


def reason_vi(codes: str) -> str:
    """One reason or several joined by plus signs as in review.csv; a code without words stands as it is."""
    parts = [part.strip() for part in codes.split("+")]
    return ", ".join(REASONS.get(part, part) for part in parts if part)


def answer_vi(answer: str) -> str:
    """A word of `proposal` or `decision`; of `keyed:{...}` how many marks of each kind were keyed."""
    if not answer.startswith("keyed:"):
        return ANSWERS.get(answer, answer)
    return KEYED.format(marks=_counted(answer.removeprefix("keyed:")))


def _counted(marks: str) -> str:
    """`39 để lại, 5 gạch`: a hundred names in one cell would be higher than the page; ballots.jsonl holds them all."""
    try:
        keyed = json.loads(marks)
    except ValueError:
        return marks
    if not isinstance(keyed, dict):
        return marks
    counted = Counter(str(mark) for mark in keyed.values())
    return ", ".join(f"{count} {ANSWERS.get(mark, mark)}" for mark, count in sorted(counted.items()))
