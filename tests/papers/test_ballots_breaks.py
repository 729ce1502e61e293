"""Where a heading may break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daihoi.papers.ballots.breaks import bound


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Đảng bộ huyện Nà Lương", ["Đảng_bộ_huyện_Nà_Lương"]),
        ("Đại hội đại biểu Đảng bộ huyện Nà Lương", ["Đại_hội", "đại_biểu", "Đảng_bộ_huyện_Nà_Lương"]),
        ("lần thứ XXIII, nhiệm kỳ 2025 - 2030", ["lần_thứ_XXIII,", "nhiệm_kỳ_2025_-_2030"]),
        ("nhiệm kỳ 2025-2030", ["nhiệm_kỳ_2025-2030"]),
        ("Bầu Ban Chấp hành khóa XX", ["Bầu", "Ban_Chấp_hành", "khóa_XX"]),
        ("Bầu Ủy ban Kiểm tra Đảng ủy", ["Bầu", "Ủy_ban_Kiểm_tra", "Đảng_ủy"]),
        ("Chi bộ thôn Bản Mạ", ["Chi_bộ_thôn_Bản_Mạ"]),
        ("", []),
        ("Bầu", ["Bầu"]),
    ],
)
def test_heading_breaks_between_phrases_only(text: str, pieces: list[str]) -> None:
    assert [piece.replace("\u00a0", "_") for piece in bound(text).split(" ") if piece] == pieces


@given(st.text("aàĐNL ,.-1X", max_size=40))
def test_binding_changes_only_spaces(text: str) -> None:
    assert bound(text).replace("\u00a0", " ") == " ".join(text.split())


@given(st.text("aàĐNL ,.-1X", max_size=40))
def test_binding_twice_changes_nothing(text: str) -> None:
    assert bound(bound(text)) == bound(text)
