"""One day of a congress in Chromium, from the first link in the terminal to the credentials report on the table.

In Vietnamese on SQLite with every run of the tests; in English, and both on PostgreSQL, where `make test-all` asks for
everything (DAIHOI_TEST_ALL). The minute out of reach is cut short, its reload and its queue are not.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import zxingcpp
from playwright.sync_api import Browser, expect

from tests.browser import delegates_list as given
from tests.browser.conftest import WIDE
from tests.browser.day import PICTURES, Crowd, Somebody, Station, keep, pass_by_turns
from tests.browser.serving import House, Migrated, a_house, asked
from tests.everything import EVERYTHING

TERM, ORDINAL, VENUE = "2025-2030", "XXII", "Hội trường huyện Nà Lương"
SESSION, STARTS, OPENS = "Phiên chính thức", "11/06/2026 07:30", "11/06/2026"
DECISION = "Quyết định số 15-QĐ/HU ngày 10/06/2026 của Ban Thường vụ Huyện ủy"
AT_THE_DOORS = (("yen", "Ma Thị Yến"), ("dat", "Lù Văn Đạt"), ("mai", "Lý Thị Mai"))
DOTS = 150
WORDS = {
    "vi": ("Trang đầu", "Đã điểm danh", "Báo cáo thẩm tra tư cách đại biểu"),
    "en": ("Front page", "Checked in already", "Credentials report"),
}


@dataclass
class Day:
    """The house, the people, and what is known of the congress by now."""

    house: House
    crowd: Crowd
    folder: Path
    congress: str = ""
    codes: dict[str, str] = field(default_factory=dict)
    """Code of the badge by code of the person."""
    lines: list[given.Line] = field(default_factory=given.lines)

    def badge(self, place: int) -> str:
        """The code of the badge of somebody by the place in the list."""
        return self.codes[str(self.lines[place]["code"])]

    @property
    def replaced(self) -> int:
        """The place in the list of an elected delegate of the unit of the first alternate."""
        unit = self.lines[given.OFFICIALS]["organisation"]
        return next(place for place, line in enumerate(self.lines) if line["organisation"] == unit)


@pytest.fixture
def house(tmp_path: Path, empty_database: Migrated) -> Iterator[House]:
    """Empty, open, on the database of this run."""
    with a_house(tmp_path, empty_database) as made:
        made.open()
        yield made


@pytest.mark.parametrize("language", ["vi", pytest.param("en", marks=EVERYTHING)])
def test_the_day_of_a_congress(house: House, chromium: Browser, language: str, tmp_path: Path) -> None:
    expect.set_options(timeout=30000)
    crowd = Crowd(chromium, house, language)
    day = Day(house, crowd, tmp_path)
    try:
        administrator = sets_up(day)
        clerk = crowd.joins(invited(day, administrator, "clerk", "Bế Thị Hạnh"), "hanh", "Bế Thị Hạnh")
        imports_and_mends(day, clerk)
        prints_badges(day, clerk)
        board = crowd.joins(invited(day, administrator, "credentials", "Hoàng Minh Khoa"), "khoa", "Hoàng Minh Khoa")
        recognises(day, board)
        stations = [
            Station(crowd.joins(invited(day, administrator, "check_in", name), login, name), f"Bàn {number}")
            for number, (login, name) in enumerate(AT_THE_DOORS, 1)
        ]
        scan_at_once(day, stations)
        an_alternate_steps_in(day, board, stations)
        freezes(day, board)
        reports(day, board)
        looks_back(day, administrator)
    finally:
        expect.set_options(timeout=5000)
        crowd.leave()


def sets_up(day: Day) -> Somebody:
    """The first link, the tree, the term, the congress and its session."""
    who = day.crowd.joins(day.house.first_link, "quan", "Trần Minh Quân")
    expect(who.page.locator("h1")).to_contain_text("Trần Minh Quân")
    expect(who.page.locator(".doors")).to_contain_text(WORDS[day.crowd.language][0])
    who.picture("01-front-empty")
    who.go("organisations_import")
    who.send(given.tree_of_na_luong(day.folder / "cay.xlsx"))
    who.press(".import-confirm button.btn-primary")
    who.go("term")
    who.fill(label=TERM, profile="3_cap")
    who.press()
    who.go("congress_new")
    who.fill(organisation="TG-NL", ordinal=ORDINAL, opens=OPENS, closes="12/06/2026", venue=VENUE)
    who.fill(delegates_allocated=str(given.OFFICIALS))
    who.press()
    day.congress = who.page.url.rstrip("/").rpartition("/")[2]
    who.go("congress_change", day.congress)
    who.fill(hall_rows="16", hall_blocks="4,6,4", state="convened")
    who.press()
    who.picture("02-congress-planned")
    who.go("congress_sessions", day.congress)
    who.fill(kind="official", name=SESSION, starts_at=STARTS)
    who.press()
    expect(who.page.locator("main")).to_contain_text("07:30 11/06/2026")
    return who


def invited(day: Day, administrator: Somebody, role: str, full_name: str) -> str:
    """The one-time link of an invitation: of a clerk for Nà Lương, of everybody else for the congress."""
    if role == "clerk":
        administrator.go("organisations", q="TG-NL")
        administrator.page.locator("#list tbody a", has_text="Nà Lương").first.click()
        administrator.page.wait_for_url("**/organisations/*/")
        administrator.page.goto(administrator.page.url + "access/")
    else:
        administrator.go("congress_access", day.congress)
    administrator.fill(role=role, full_name=full_name)
    administrator.press()
    return administrator.page.locator(".hash a").inner_text()


def imports_and_mends(day: Day, clerk: Somebody) -> None:
    """202 rows of which five are wrong: they are seen, given back with reasons, put right, and taken in."""
    clerk.picture("03-front-of-the-clerk")
    clerk.go("delegates_import", day.congress)
    clerk.picture("04-import")
    clerk.send(given.with_mistakes(day.folder / "dai-bieu.xlsx", day.lines))
    counted = clerk.page.locator(".figure.state-error b")
    expect(counted).to_have_text("5")
    clerk.picture("05-preview")
    with clerk.page.expect_navigation():
        clerk.page.locator("a.figure.state-error").click()
    told = clerk.page.locator("tr.said.state-error")
    expect(told).to_have_count(len(given.MISTAKES))
    clerk.picture("06-preview-faults")
    bad = clerk.fetch("a[href='?bad=1']", day.folder / "sai.xlsx")
    reasons = given.reasons(bad)
    for place, _head, _wrong, named in given.MISTAKES:
        assert named in reasons.pop(str(day.lines[place]["code"]))
    assert reasons == {}
    clerk.press(".import-confirm button.btn-primary")
    expect(clerk.page.locator("main")).to_contain_text(str(len(day.lines) - len(given.MISTAKES)))

    clerk.go("delegates_import", day.congress)
    clerk.send(given.mended(day.folder / "da-sua.xlsx", bad, day.lines))
    expect(clerk.page.locator(".figure.state-error b")).to_have_text("0")
    expect(clerk.page.locator(".figure.state-new b")).to_have_text("5")
    clerk.press(".import-confirm button.btn-primary")
    clerk.picture("07-delegates")
    clerk.go("delegates", day.congress, columns="person,code")
    listed = clerk.fetch(".list-tools a[download]", day.folder / "danh-sach.xlsx")
    day.codes = {str(person): str(code) for person, code in given.column(listed, _person_and_code)}  # type: ignore[misc]
    assert set(day.codes) == {str(line["code"]) for line in day.lines}


def _person_and_code(row: tuple[object, ...]) -> object:
    """Of the list with two columns: the code of the badge stands before that of the person."""
    return row[1], row[0]


def prints_badges(day: Day, clerk: Somebody) -> None:
    """Seats are given out; the badges are printed, and every QR on the paper says the code of a delegate."""
    clerk.go("congress_papers", day.congress)
    clerk.picture("08-papers")
    clerk.press("main form[method=post] button")
    clerk.go("congress_paper", day.congress, "badge_sheet")
    clerk.press()
    clerk.picture("09-badges-made")
    made = clerk.fetch("a[download][href$='/pdf/']", day.folder / "the.pdf")
    read: list[str] = []
    text = ""
    for number, page in enumerate(pdfium.PdfDocument(made)):
        picture = page.render(scale=DOTS / 72).to_pil()
        keep(picture, f"09-badges-page-{number + 1}")
        read += [found.text for found in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)]
        text += page.get_textpage().get_text_range()
    assert sorted(read) == sorted(day.codes.values())
    printed = " ".join(text.split())
    assert [line["full_name"] for line in day.lines if str(line["full_name"]) not in printed] == []


def recognises(day: Day, board: Somebody) -> None:
    """The credentials board looks at everybody."""
    board.picture("10-front-of-the-board")
    board.go("delegates", day.congress)
    board.page.on("dialog", lambda dialog: dialog.accept())
    board.press("form[action$='/recognise/'] button")
    expect(board.page.locator("form[action$='/recognise/']")).to_have_count(0)


def scan_at_once(day: Day, stations: list[Station]) -> None:
    """Three doors at once; the third loses the network, goes on, is reloaded, and tells everything afterwards."""
    for station in stations:
        station.opens(day.congress)
    stations[0].who.picture("11-station")
    first, second, third = stations
    # The first of the list stays away and one is replaced: both are for later.
    comers = [day.badge(place) for place in range(1, given.OFFICIALS) if place != day.replaced]
    pass_by_turns(stations, comers[:60])
    for station in stations:
        station.has_sent_everything()
    first.says("good")
    first.who.picture("12-station-welcome")

    third.who.context.set_offline(True)
    pass_by_turns(stations, comers[60:120])
    third.says("kept")
    # Somebody whom the second door let in goes round by the third.
    third.scans(comers[1])
    third.who.page.wait_for_timeout(2500)
    assert third.waiting == 21
    third.who.picture("13-station-without-network")
    third.who.page.reload()
    assert third.waiting == 21
    pass_by_turns(stations, comers[120:])
    first.scans(comers[1])
    first.says("odd", WORDS[day.crowd.language][1])
    first.says("odd", second.name)
    first.who.picture("14-station-again")
    late = third.waiting
    assert late > 40
    third.who.context.set_offline(False)
    for station in stations:
        station.has_sent_everything()
    third.who.picture("15-station-sent-later")
    [[passages, nonces, people]] = asked(
        day.house, "SELECT count(*), count(DISTINCT nonce), count(DISTINCT delegate_id) FROM congresses_passage"
    )
    # Everybody once, and the two who were scanned again.
    assert (passages, nonces, people) == (len(comers) + 2, len(comers) + 2, len(comers))


def an_alternate_steps_in(day: Day, board: Somebody, stations: list[Station]) -> None:
    """Refused before the decision, welcome after it; whom the alternate replaced is refused; one is away with leave."""
    first, second, _third = stations
    last, alternate = day.replaced, given.OFFICIALS
    first.scans(day.badge(alternate))
    first.says("bad", str(day.lines[alternate]["full_name"]))
    first.who.picture("16-station-alternate")
    page_of(day, board, last)
    board.page.locator("a[href$='/replace/']").click()
    chosen = board.page.locator("#id_alternate option", has_text=str(day.lines[alternate]["full_name"]))
    board.fill(alternate=str(chosen.first.get_attribute("value")), decision=DECISION)
    board.picture("17-alternate-steps-in")
    board.press()
    expect(board.page.locator("main")).to_contain_text(str(day.lines[alternate]["full_name"]))
    board.picture("18-delegate-replaced")
    first.scans(day.badge(alternate))
    first.says("good", str(day.lines[alternate]["full_name"]))
    second.scans(day.badge(last))
    second.says("bad")
    page_of(day, board, 0)
    board.page.locator("a[href$='/absence/']").click()
    board.fill(leave="given", reason="Điều trị tại bệnh viện")
    board.press()


def page_of(day: Day, board: Somebody, place: int) -> None:
    """Find somebody by the code of the badge."""
    board.go("delegates", day.congress, q=day.badge(place))
    board.page.locator("#list tbody a").first.click()
    board.page.wait_for_url("**/delegates/*/")


def freezes(day: Day, board: Somebody) -> None:
    """189 of 190 are there; the roll is frozen and is the base of the elections."""
    board.go("attendance", day.congress)
    expect(board.page.locator("main")).to_contain_text("189")
    board.picture("19-attendance")
    board.go("rolls", day.congress)
    board.picture("20-roll-before")
    board.press()
    board.go("roll", day.congress, 1)
    figures = board.page.locator(".worksheet td.number").all_inner_texts()
    assert figures == ["190", "1", "189", "95", "189"]
    board.picture("21-roll")
    board.page.emulate_media(media="print")
    board.page.pdf(path=day.folder / "mau-so.pdf", prefer_css_page_size=True)
    board.page.emulate_media(media="screen")
    assert len(pdfium.PdfDocument(day.folder / "mau-so.pdf")) == 1


def reports(day: Day, board: Somebody) -> None:
    """The credentials report: its figures on the page, the DOCX as LibreOffice shows it."""
    board.go("credentials", day.congress)
    expect(board.page.locator("h1")).to_have_text(WORDS[day.crowd.language][2])
    board.picture("22-credentials")
    board.go("congress_paper", day.congress, "credentials")
    board.press()
    docx = board.fetch("a[download][href$='/docx/']", day.folder / "bao-cao.docx")
    made = board.fetch("a[download][href$='/pdf/']", day.folder / "bao-cao-nha.pdf")
    opened = opened_in_office(docx, day.folder)
    for told in filter(None, (made, opened)):
        document = pdfium.PdfDocument(told)
        text = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
        assert "BÁO CÁO" in text
        assert "190" in text
        assert "189" in text
        for number, page in enumerate(document if PICTURES else ()):
            keep(page.render(scale=DOTS / 72).to_pil(), f"23-{told.stem}-{number + 1}")
    if opened is None:
        pytest.skip("the day went well, but the report was not opened in LibreOffice: no soffice on the PATH")


def opened_in_office(docx: Path, folder: Path) -> Path | None:
    """The document as LibreOffice lays it out, as a PDF; nothing where there is no LibreOffice."""
    program = shutil.which("soffice")
    if program is None:
        return None
    profile = (folder / "soffice").as_uri()
    command = [
        program,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, str(docx)], check=True, capture_output=True, timeout=180)
    return docx.with_suffix(".pdf")


def looks_back(day: Day, administrator: Somebody) -> None:
    """The screen of the hall, and the ledger from the first entry to the last."""
    [[session]] = asked(day.house, "SELECT id FROM congresses_session")
    administrator.page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    administrator.go("screen", day.congress, session)
    expect(administrator.page.locator(".screen-big b")).to_have_text("189")
    administrator.picture("23-screen")
    administrator.go("ledger_verify")
    expect(administrator.page.locator("main")).not_to_contain_text("✗")
    administrator.picture("24-ledger-verified")
    administrator.go("congress", day.congress)
    # An alternate of the same unit stepped in: the checks of the congress find nothing amiss.
    expect(administrator.page.locator(".findings")).to_have_count(0)
    administrator.picture("25-congress-after")
