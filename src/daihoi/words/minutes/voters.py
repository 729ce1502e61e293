"""How the paper names those who vote and what they sit in: delegates, members, or members of a body in a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from daihoi.rules.terms import CongressForm, DeductionGround


@dataclass(frozen=True)
class Voters:
    """The words of one form: the voter, the sitting, and who was summoned to it."""

    voter: str
    sitting: str
    summoned: str
    number_suffix: str
    """What follows "Số" and the number; dotted for a meeting, whose papers bear the sign of its own body."""


VOTERS: Mapping[CongressForm, Voters] = {
    CongressForm.DELEGATES: Voters("đại biểu", "đại hội", "Đại biểu chính thức được triệu tập", "-BB/ĐH"),
    CongressForm.MEMBERS: Voters("đảng viên", "đại hội", "Đảng viên chính thức được triệu tập", "-BB/ĐH"),
    CongressForm.MEETING: Voters("ủy viên", "hội nghị", "Ủy viên được triệu tập", "-BB/………"),
}

DEDUCTIONS: Mapping[DeductionGround, str] = {
    DeductionGround.CONVENING_MEMBER_ABSENT_THROUGHOUT: (
        "cấp ủy viên cấp triệu tập đại hội vắng mặt suốt thời gian đại hội"
    ),
    DeductionGround.DELEGATE_ABSENT_THROUGHOUT_UNREPLACED: (
        "đại biểu chính thức vắng mặt suốt thời gian đại hội, không có đại biểu dự khuyết thay thế"
    ),
    DeductionGround.TEMPORARILY_ELSEWHERE: "đảng viên được giới thiệu sinh hoạt tạm thời ở đảng bộ khác",
    DeductionGround.EXEMPT_NOT_PRESENT: "đảng viên được miễn công tác và sinh hoạt đảng, không có mặt",
    DeductionGround.SUSPENDED_CHARGED_OR_IN_CUSTODY: (
        "người bị đình chỉ sinh hoạt đảng hoặc đang bị khởi tố, truy tố, tạm giam"
    ),
    DeductionGround.ABSENT_THROUGHOUT_APPROVED: (
        "đảng viên chính thức vắng mặt suốt thời gian đại hội có lý do chính đáng, được cấp ủy triệu tập đồng ý"
    ),
    DeductionGround.ON_LEAVE_THROUGHOUT: "ủy viên được phép vắng mặt suốt thời gian hội nghị",
}
