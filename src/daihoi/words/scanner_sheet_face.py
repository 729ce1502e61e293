"""The fixed wording of the scanner test sheet: Vietnamese, and English under it. It does not follow the screen."""

from __future__ import annotations

TITLE = ("TỜ KIỂM TRA MÁY QUÉT", "Scanner test sheet")
STEPS = (
    (
        "In tờ này hai mặt, có màu, tỷ lệ 100 % (không chọn “vừa trang”).",
        "Print this sheet on both sides, in colour, at 100 % (never “fit to page”).",
    ),
    (
        "Quét cả hai mặt, mặt trước trước, đúng các thiết đặt sẽ dùng để quét phiếu.",
        "Scan both sides, front first, with the very settings that the ballots will be scanned with.",
    ),
    (
        "Chạy: daihoi scanner-check TỆP_ẢNH — máy nói thiết đặt nào sai và sửa thế nào.",
        "Run: daihoi scanner-check IMAGE — it says which setting is wrong and how to put it right.",
    ),
)
INKS = ("Màu mực", "Inks — none may vanish in the scan")
INK_NAMES = {
    "black": "đen",
    "blue": "xanh",
    "red": "đỏ",
    "stamp": "dấu đỏ",
    "violet": "tím",
    "green": "lục",
    "pencil": "bút chì",
}
GREYS = ("Độ xám", "Grey steps")
PENS = (
    "Vẽ thử bằng bút thật, rồi xem nét còn trong ảnh quét",
    "Try your own pens, then look for the strokes in the scan",
)
RULER = (
    "Thước in: từ 0 đến 150 phải đo đúng 150 mm",
    "Printed ruler: from 0 to 150 it must measure 150 mm",
)
SETTINGS = ("Thiết đặt nên dùng", "Recommended settings")
SETTING_LINES = (
    ("Độ phân giải 200 dpi (từ 150 đến 400)", "Resolution 200 dpi (150 to 400)"),
    ("Ảnh xám 8 bit hoặc màu; JPEG chất lượng từ 75", "8-bit grey or colour; JPEG quality 75 or more"),
    ("Tắt tự cắt lề và tự chỉnh nghiêng", "Automatic crop and straightening off"),
    ("Tắt bỏ trang trắng", "Blank-page removal off"),
    ("Tắt lọc màu (drop-out)", "Colour drop-out off"),
    ("Hai mặt, theo thứ tự trước – sau", "Both sides, front then back"),
)
FRONT = ("Mặt trước", "Front")
BACK = (
    "Mặt sau — cố ý để gần trắng: bị máy bỏ đi thì phải tắt “bỏ trang trắng”",
    "Back — almost blank on purpose: if the scanner leaves it out, switch blank-page removal off",
)
