# ruff: noqa: DTZ001 -- the hour on paper is the hour of the hall
"""Facts of counts that never took place: the fictional district Nà Lương, small bodies, lists of any length."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from daihoi.papers.minutes.terms import (
    BallotLines,
    BaseLines,
    BoardLine,
    CandidateLine,
    ClearInvalid,
    DecisionLine,
    DeductionLine,
    MinutesInput,
    RefusedLine,
    SettingLine,
    WarningLine,
)
from daihoi.rules.terms import (
    BallotForm,
    CandidateOutcome,
    CongressForm,
    DeductionGround,
    InvalidGround,
    Override,
)

DIGEST = "0123456789abcdef" * 4

FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Nông", "Lò", "Bế", "Triệu", "Đặng", "Vũ")
MIDDLES = ("Văn", "Thị", "Đức", "Thị Ngọc", "Minh", "Hữu", "Xuân")
GIVEN = ("An", "Bình", "Chiến", "Dũng", "Đạt", "Giang", "Hà", "Hường", "Khánh", "Lượng", "Mỹ", "Nghĩa", "Oanh")
LONG_NAME = "Tôn Nữ Công Huyền Hoàng Thị Phương Nguyệt Quỳnh Nghiêm"


def people(count: int, elected: int) -> tuple[CandidateLine, ...]:
    """`count` names in ballot order of whom the first `elected` are elected; base 186."""
    lines = []
    for number in range(count):
        won = number < elected
        votes = 180 - number if won else 60
        name = (
            f"{FAMILIES[number % len(FAMILIES)]} {MIDDLES[number % len(MIDDLES)]} {GIVEN[number % len(GIVEN)]}"
            if number != 3
            else LONG_NAME
        )
        hundredths = (votes * 20000 // 186 + 1) // 2
        lines.append(
            CandidateLine(
                f"c{number + 1:02d}",
                name,
                votes,
                f"{hundredths // 100}.{hundredths % 100:02d}",
                CandidateOutcome.ELECTED if won else CandidateOutcome.NOT_QUALIFIED,
            )
        )
    return tuple(lines)


def facts(count: int = 44, winners: int = 39, **changes: object) -> MinutesInput:
    """Minutes of the committee of Nà Lương, all facts given, with anything of them changed."""
    lines = people(count, winners)
    told = MinutesInput(
        form=CongressForm.DELEGATES,
        superior="Tỉnh ủy Thanh Giang",
        organisation="Đảng bộ huyện Nà Lương",
        congress_title="Đại hội đại biểu Đảng bộ huyện Nà Lương lần thứ XXII, nhiệm kỳ 2025-2030",
        place="Nà Lương",
        on=date(2025, 6, 17),
        edition="190-QD-TW-2024",
        contest="committee",
        contest_title="Ban Chấp hành Đảng bộ huyện Nà Lương khóa XXII",
        seats=winners,
        ballot_form=BallotForm.STRIKE_OUT,
        base=BaseLines(
            190,
            (
                DeductionLine(DeductionGround.CONVENING_MEMBER_ABSENT_THROUGHOUT, 2),
                DeductionLine(DeductionGround.DELEGATE_ABSENT_THROUGHOUT_UNREPLACED, 2, "ốm nặng"),
            ),
            186,
            94,
            "190-QĐ/TW Đ30 k3",
        ),
        present=185,
        absent=1,
        ballots=BallotLines(
            185, 184, 181, 3, 1, printed=200, spoiled=2, unused=13, invalid_by_ground=((InvalidGround.OVER_VOTE, 3),)
        ),
        candidates=lines,
        digest=DIGEST,
        software="Daihoi",
        version="0.1.0",
        elected=tuple(line.id for line in lines[:winners]),
        board=(
            BoardLine("Nguyễn Thị Hồng Vân", "Trưởng ban", "Đảng bộ xã Bản Mới"),
            BoardLine("Lò Văn Phúc", "Phó trưởng ban", "Đảng bộ Công an huyện"),
            BoardLine("Triệu Mùi Nái", "Ủy viên", "Đảng bộ xã Pác Cốp"),
        ),
        presidium_head="Bế Xuân Trường",
        opened=datetime(2025, 6, 17, 14, 5),
        closed=datetime(2025, 6, 17, 15, 40),
        clear_invalid=(
            ClearInvalid("b0012", (InvalidGround.OVER_VOTE,)),
            ClearInvalid("b0077", (InvalidGround.OVER_VOTE,)),
        ),
        decisions=(
            DecisionLine(
                "b0031", "struck", "Nguyễn Thị Hồng Vân", "c04", "partial_strike", "struck", "2025-06-17T14:50:00"
            ),
            DecisionLine(
                "b0101", "OVER_VOTE", "Nguyễn Thị Hồng Vân", "", "DISTINGUISHING_MARK", "valid", "2025-06-17T14:52:10"
            ),
        ),
        refused=(
            RefusedLine(
                "trang/phieu-00041.jpg",
                0,
                "wrong_scale",
                "0.94",
                "0.99-1.01",
                "rescanned",
                "Nguyễn Thị Hồng Vân",
                "2025-06-17T14:58:00",
            ),
        ),
        settings=(SettingLine("surplus_limit_percent", "30", "190-QĐ/TW Đ14 k1"),),
        overrides=(Override("surplus_within_limit", "Ban Thường vụ Tỉnh ủy", "Cơ cấu đặc thù", "Thông báo 12-TB/TU"),),
        warnings=(
            WarningLine(
                "prepared_surplus_band",
                "190-QĐ/TW Đ14 k1",
                {"prepared": 41, "seats": 39, "surplus": 2, "low": 10, "high": 15},
            ),
        ),
    )
    return replace(told, **changes)  # type: ignore[arg-type]
