"""The fixed Vietnamese wording of a separator slip. It does not follow the language of the screen."""

from __future__ import annotations

KIND = "TỜ NGĂN TỆP PHIẾU"
BATCH = "TỆP {batch}/{batches}"
BALLOTS = "{ballots} PHIẾU"
HOW = (
    "Đặt tờ này lên trên tệp phiếu mang số trên, rồi quét cùng tệp phiếu.",
    "Số phiếu ghi trên là số đã đếm bằng tay. Đếm lại khác số này thì in tờ khác.",
)
NO_BALLOT = "Tờ này không phải là phiếu bầu cử."
REHEARSAL = "DIỄN TẬP"
