"""The sentences, headings and column titles of counting minutes, in the order of the paper."""

from __future__ import annotations

NATION = "ĐẢNG CỘNG SẢN VIỆT NAM"
BOARD_CAPS = "BAN KIỂM PHIẾU"
NUMBER = "Số"
KIND = "BIÊN BẢN"
ABSTRACT = "kiểm phiếu bầu {title}"
REHEARSAL = "DIỄN TẬP - KHÔNG CÓ GIÁ TRỊ"

OPENING = (
    "Vào hồi {opened}, tại {place}, Ban kiểm phiếu {congress} tiến hành kiểm phiếu bầu {title} và lập biên bản như sau:"
)

BOARD_HEAD = "1. Ban kiểm phiếu"
BOARD_INTRO = "Ban kiểm phiếu gồm {count} đồng chí:"
BOARD_LINE = "Đồng chí {name}"

LIST_HEAD = "2. Số lượng cần bầu và danh sách bầu cử"
SEATS = "Số lượng cần bầu: {seats} đồng chí."
ALTERNATES = "Số lượng dự khuyết cần bầu: {count} đồng chí."
LIST_INTRO = "Danh sách bầu cử gồm {count} đồng chí, xếp theo thứ tự trên phiếu bầu:"
FORM_STRIKE = "Phiếu bầu có số dư: {voter} gạch họ và tên những người mình không bầu."
FORM_AGREE = "Phiếu bầu không có số dư: {voter} đánh dấu X vào một trong hai ô đồng ý, không đồng ý của mỗi người."

LIST_ONE = "Danh sách bầu cử gồm 01 đồng chí:"

BASE_HEAD = "3. Cơ sở tính kết quả bầu cử"
BASE_CLAUSE = "Cơ sở tính kết quả (theo {clause}):"
BASE_COLUMNS = ("Nội dung", "Số người")
DEDUCTED = "Trừ: {ground}"
BASE = "Cơ sở tính kết quả bầu cử"
NEEDED = "Quá một nửa cơ sở tính, tức là ít nhất (số phiếu)"
PRESENT = "Có mặt khi bỏ phiếu"
ABSENT = "Vắng mặt khi bỏ phiếu"

BALLOTS_HEAD = "4. Phiếu bầu"
BALLOTS_COLUMNS = ("Nội dung", "Số phiếu")
PRINTED = "Số phiếu in"
SPOILED = "Số phiếu hỏng, phải đổi"
UNUSED = "Số phiếu không dùng đến"
ISSUED = "Số phiếu phát ra"
COLLECTED = "Số phiếu thu vào"
NOT_RETURNED = "Số phiếu phát ra nhưng không thu lại được"
VALID = "Số phiếu hợp lệ"
INVALID = "Số phiếu không hợp lệ"
INVALID_OF_WHICH = "Trong đó: {ground}"
CLEAR_INVALID = (
    "Các phiếu không hợp lệ theo dấu đã rõ trên phiếu, do máy xếp, được tập thể Ban kiểm phiếu xem và xác nhận "
    "({count} phiếu): {ballots}."
)

RESULT_HEAD = "5. Kết quả kiểm phiếu"
RESULT_INTRO = "Số phiếu bầu cho từng người, xếp theo thứ tự trên phiếu bầu, tỉ lệ so với cơ sở tính ({base}):"
RESULT_COLUMNS = ("TT", "Họ và tên", "Số phiếu", "Tỉ lệ", "Kết quả")

ELECTED_HEAD = "6. Kết quả bầu cử"
ELECTED_INTRO = "{count} đồng chí sau đây trúng cử, xếp theo số phiếu từ cao xuống thấp:"
ELECTED_ONE = "Đồng chí sau đây trúng cử:"
ELECTED_NOBODY = "Không có đồng chí nào trúng cử trong lần bầu này."
ALTERNATES_INTRO = "{count} đồng chí sau đây là đại biểu dự khuyết, xếp theo thứ tự:"
TIE = (
    "Các đồng chí có số phiếu bằng nhau ở vị trí cuối cùng: {names}. Đề nghị Đoàn chủ tịch lập danh sách để {sitting} "
    "bầu lại trong số những đồng chí này, lấy {seats} đồng chí."
)
TIE_AGAIN = (
    "Các đồng chí vẫn có số phiếu bằng nhau sau khi bầu lại: {names}. Việc có bầu lại nữa hay không để lấy {seats} "
    "đồng chí do {sitting} quyết định."
)
TIE_ALTERNATES = (
    "Các đồng chí có số phiếu bằng nhau ở vị trí dự khuyết cuối cùng: {names}. Đề nghị Đoàn chủ tịch lập danh sách để "
    "{sitting} bầu lại trong số những đồng chí này, lấy {seats} đồng chí dự khuyết."
)
TIE_ALTERNATES_AGAIN = (
    "Các đồng chí vẫn có số phiếu bằng nhau ở vị trí dự khuyết cuối cùng sau khi bầu lại: {names}. Việc có bầu lại nữa "
    "hay không để lấy {seats} đồng chí dự khuyết do {sitting} quyết định."
)
SHORTFALL = (
    "Số đồng chí trúng cử còn thiếu {count} so với số lượng cần bầu. Việc có tiếp tục bầu cho đủ hay không do "
    "{sitting} quyết định."
)
SHORTFALL_VOTE_AGAIN = (
    "Số đồng chí trúng cử còn thiếu {count} so với số lượng cần bầu. Đề nghị Đoàn chủ tịch báo cáo {sitting} bầu tiếp "
    "cho đủ; sau đó nếu vẫn thiếu, việc có bầu nữa hay không do {sitting} quyết định."
)
EQUAL_ALTERNATES = (
    "Các đồng chí dự khuyết có số phiếu bằng nhau: {names}. Thứ tự dự khuyết giữa những đồng chí này do {sitting} "
    "quyết định."
)
AWAITING_ALTERNATES = (
    "Thứ tự dự khuyết chỉ xác định được sau khi bầu lại. Các đồng chí còn lại có thể là dự khuyết: {names}."
)
ALTERNATES_SHORTFALL = (
    "Số dự khuyết còn thiếu {count} so với số lượng cần bầu. Việc có tiếp tục bầu dự khuyết hay không do {sitting} "
    "quyết định."
)
VOTES_OF = "{name} ({votes} phiếu)"
PLURALITY = (
    "Đây là lần bầu lại trong số những đồng chí có số phiếu bằng nhau: đồng chí có số phiếu cao hơn trúng cử, không "
    "cần phải quá một nửa (quy định chưa đối chiếu được với văn bản, xem Phụ lục 1). {confirmation}"
)
PLURALITY_CONFIRMED = "Kết quả này đã được xác nhận. Người xác nhận: {by}; lý do: {reason}."
PLURALITY_CONFIRMED_IN = "Kết quả này đã được xác nhận. Người xác nhận: {by}; lý do: {reason}; văn bản: {document}."
PLURALITY_OPEN = "Kết quả này cần được Đoàn chủ tịch xác nhận."

CLOSING = (
    "Việc kiểm phiếu kết thúc vào hồi {closed}. Phiếu bầu được Ban kiểm phiếu niêm phong và giao Đoàn chủ tịch theo "
    "quy định."
)
COPIES = (
    "Biên bản được lập thành {copies} bản, đã được Ban kiểm phiếu thông qua, báo cáo Đoàn chủ tịch và công bố trước "
    "{sitting}"
)
SIGN_PRESIDIUM = "T/M ĐOÀN CHỦ TỊCH"
SIGN_BOARD = "T/M BAN KIỂM PHIẾU"
SIGN_HEAD = "TRƯỞNG BAN"

DIGEST = "Mã kiểm tra cuộc kiểm phiếu (SHA-256)"
DIGEST_USE = "Dùng mã này để kiểm tra gói kiểm phiếu: daihoi verify <gói>.zip --digest <mã>"

ANNEX_1 = ("PHỤ LỤC 1", "Thiết lập và điều khoản chưa được xác nhận")
SETTINGS_INTRO = "1. Các thiết lập đã dùng, chưa đối chiếu được với văn bản chính thức"
SETTINGS_COLUMNS = ("TT", "Thiết lập", "Giá trị", "Điều khoản")
OVERRIDES_INTRO = "2. Các kiểm tra danh sách được cho phép bỏ qua"
OVERRIDES_COLUMNS = ("TT", "Kiểm tra", "Cơ quan quyết định", "Lý do", "Văn bản")
WARNINGS_INTRO = "3. Các lưu ý về danh sách bầu cử"
WARNINGS_COLUMNS = ("TT", "Nội dung", "Điều khoản")
LAYOUT_FROM = "Ngày bắt đầu áp dụng thể thức của Hướng dẫn 05-HD/VPTW"
LAYOUT_CLAUSE = "Hướng dẫn 05-HD/VPTW"
UNCONFIRMED_ARTICLES = "Các điều, khoản được viện dẫn mà chưa đọc được nguyên văn"
NONE = "Không có."

ANNEX_2 = ("PHỤ LỤC 2", "Kết luận của Ban kiểm phiếu và các trang không đọc được")
DECISIONS_INTRO = "1. Kết luận của Ban kiểm phiếu về từng phiếu"
DECISIONS_COLUMNS = ("TT", "Phiếu", "Họ và tên", "Lý do", "Máy đề xuất", "Kết luận", "Người ghi, thời gian")
WHOLE_BALLOT = "(cả phiếu)"
REFUSED_INTRO = "2. Các trang máy không đọc và cách xử lý"
REFUSED_COLUMNS = ("TT", "Tệp, trang", "Lý do", "Tìm thấy", "Cần có", "Cách xử lý", "Người ghi, thời gian")
REMOVED_INTRO = "2a. Các tệp phiếu đã bỏ ra khỏi việc kiểm phiếu để quét lại"
REMOVED_COLUMNS = ("TT", "Tệp phiếu", "Số trang", "Lý do", "Người ghi, thời gian")
REMOVED_BATCH = "Tệp số {batch}"
REMOVED_FOLDER = "Thư mục {folder}"
REMOVED_TOP = "Thư mục quét chung"
WRITTEN = "Người ghi: {by}."
WRITTEN_AT = "Người ghi, thời gian: {hand}."
WRITTEN_WHEN = "Thời gian"
SOFTWARE_HEAD = "3. Phần mềm"
SOFTWARE = "Biên bản lập bằng phần mềm {software}, phiên bản {version}."
OFFICIAL_PROGRAM = (
    "Đại hội chính thức dùng chương trình kiểm phiếu do cấp trên quy định; việc dùng phần mềm này phải được cơ quan tổ "
    "chức đại hội cho phép."
)
# The count of a learned ballot: what the machine could not check is for the board to have looked at.
READERS = "Ảnh phiếu lấy từ {source}, do các bộ đọc sau đây của phần mềm đọc: {readers}."
READER = "{reader} (mã SHA-256 của chương trình bắt đầu bằng {digest})"
READER_NAMES = {"first": "bộ đọc thứ nhất", "second": "bộ đọc thứ hai", "learned": "phần nhận ra mẫu phiếu không có mã"}
SOURCES = {"scanner": "máy quét", "phone": "điện thoại"}
LEARNED_HEAD = "4. Mẫu phiếu không có mã"
LEARNED = (
    "Phiếu bầu không do phần mềm in và không mang mã, nên phần mềm không kiểm tra được phiếu có đúng do Ban kiểm phiếu "
    "phát ra hay không; mỗi trang chỉ được nhận ra qua nét in, đối chiếu từng họ tên với mẫu phiếu trắng lưu cùng kết "
    "quả kiểm phiếu. Một chương trình đọc duy nhất đã đọc các phiếu này. Việc phiếu thật hay giả do Ban kiểm phiếu xem "
    "xét trên giấy."
)

# A count without a scanner: two people key each paper from the paper itself.
ANNEX_KEYED = ("PHỤ LỤC 2", "Cách kiểm phiếu và các phiếu phải kết luận")
KEYED_INTRO = "1. Cách kiểm phiếu"
KEYED_HOW = (
    "Phiếu được kiểm không dùng máy quét. Mỗi phiếu do hai người nhập từ tờ phiếu, người này không thấy người kia nhập "
    "gì. Chỗ hai người nhập khác nhau được xóa và trả lại để cả hai đọc lại trên tờ phiếu; phiếu vẫn khác nhau do "
    "người thứ ba đọc và kết luận."
)
KEYED_COLUMNS = ("TT", "Tệp phiếu", "Số phiếu", "Người nhập thứ nhất", "Người nhập thứ hai")
KEYED_TOLD = (
    "Tổng số phiếu đã nhập: {papers}. Hai người nhập giống nhau ngay lần đầu: {alike} phiếu. Khác nhau ở lần đầu: "
    "{differed} phiếu; trong đó hai người đọc lại và thống nhất: {again} phiếu, người thứ ba đọc và kết luận: {thirds} "
    "phiếu."
)
THIRDS_INTRO = "2. Các phiếu do người thứ ba đọc và kết luận"
THIRDS_COLUMNS = ("TT", "Phiếu", "Người kết luận", "Thời gian")
SEEN_INTRO = "3. Các phiếu có kết luận về cả phiếu theo điều nhìn thấy trên tờ phiếu"
SEEN_COLUMNS = ("TT", "Phiếu", "Kết luận")
KEYED_REMOVED_INTRO = "3a. Các tệp phiếu đã bỏ ra khỏi việc kiểm phiếu"
KEYED_REMOVED_COLUMNS = ("TT", "Tệp phiếu", "Số phiếu", "Lý do", "Người ghi, thời gian")
KEYED_SOFTWARE_HEAD = "4. Phần mềm"

# A hand sample: what is told must let anybody who holds this paper and the package draw the same ballots again.
ANNEX_SAMPLE = ("PHỤ LỤC 3", "Kiểm tra mẫu: đọc lại bằng tay các phiếu rút theo số gieo công khai")
SAMPLE_HEAD = "1. Cách rút mẫu"
SAMPLE_DRAWN = (
    "Sau khi kiểm xong toàn bộ phiếu, số gieo trước mọi người là: {seed}. Theo số gieo này, rút {size} phiếu trong "
    "tổng số {ballots} phiếu. Người nhập số gieo, thời gian: {hand}."
)
SAMPLE_AT_DRAW = "Mã kiểm tra cuộc kiểm phiếu tại thời điểm rút (SHA-256): {digest}."
SAMPLE_METHOD = (
    "Ai cũng có thể rút lại để đối chiếu: ở lượt rút k, lấy SHA-256 của chuỗi “{seed},k”, đọc 64 chữ số của mã như một "
    "số, lấy số dư khi chia cho {ballots} rồi cộng 1, được vị trí của phiếu; vị trí đã rút trước thì bỏ qua. Lệnh "
    "daihoi verify rút lại và đối chiếu theo cách này."
)
SAMPLE_READ = (
    "Mỗi phiếu đã rút được lấy ra khỏi tệp, đọc từng họ tên trên tờ phiếu và nhập lại; người nhập không thấy kết quả "
    "đã kiểm. Phiếu nhập khác kết quả đã kiểm thì được đọc lại, những chỗ khác nhau để trống."
)
SAMPLE_PAPERS = "2. Các phiếu đã rút và kết quả đối chiếu"
SAMPLE_COLUMNS = ("TT", "Lượt rút", "Vị trí", "Phiếu", "Tệp, tờ", "Người đọc", "Số lần đọc", "Đối chiếu")
SAMPLE_AGREES = "khớp"
SAMPLE_DIFFERS = "khác"
SAMPLE_DIFFERENCES = "3. Các chỗ khác nhau khi đọc"
SAMPLE_DIFFERENCE_COLUMNS = ("TT", "Phiếu", "Lần đọc", "Họ và tên", "Đã kiểm", "Đọc trên giấy")
SAMPLE_BOUND_HEAD = "4. Kết luận của mẫu"
SAMPLE_AGREE = "Số phiếu rút: {size}; đã đọc: {read}; khớp với kết quả đã kiểm: {agree}."
SAMPLE_BOUND = (
    "Nếu có từ {wrong} phiếu trở lên trong {ballots} phiếu bị tính sai thì ít nhất 19 trên 20 lần rút như vậy đã gặp "
    "một phiếu sai. Với số phiếu sai ít hơn, mẫu này chứng minh được rất ít."
)
SAMPLE_WHOLE = "Toàn bộ phiếu đã được đọc lại."
SAMPLE_DISCARDED = "5. Các mẫu đã gác lại"
SAMPLE_DISCARDED_COLUMNS = ("TT", "Số gieo", "Số phiếu rút", "Đã đọc", "Lý do gác lại", "Người ghi, thời gian")

SIGNED_BY = "Ký bởi: {name}"
SIGNED_FOR = "Cơ quan: {organisation}"
SIGNED_AT = "Thời gian ký: {at}"
