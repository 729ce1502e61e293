"""The day of an election in Chromium, by role: its first ballot with every run, the whole with `make test-all`.

| ballot           | what happens                                                                                  |
|------------------|-----------------------------------------------------------------------------------------------|
| committee        | the power goes while scans come in; two judge at once; invalid ballots of five kinds; a shortfall |
| further ballot   | the congress decided to vote on; two people key it; equal votes at the last seat                |
| among the tied   | scanner A, scanner B and two who key differ by one ballot, which is found, shown, put right      |
| secretary        | elected by the congress itself after its introduction ballot                                    |

The packages prove themselves, and the house of the province takes them in by the digests on the minutes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import Browser, expect

from daihoi.rules.terms import InvalidGround
from daihoi.verify.package import verify_package
from tests.browser.day import PICTURES, Crowd, keep
from tests.browser.election_day import (
    ALL_IN_FAVOUR,
    PATIENCE,
    SAVE,
    VOTERS,
    Hall,
    Sealed,
    Table,
    begins,
    closes_the_list,
    closes_the_list_again,
    confirms,
    elected,
    judge,
    key,
    scans,
    seals,
    votes,
    votes_again,
    votes_of,
    wait_for_decisions,
)
from tests.browser.marked_papers import HALF, WHOLE, Paper
from tests.browser.serving import House, Migrated, a_house
from tests.everything import EVERYTHING, ONLY_IN_SHORT

EVERYBODY = ("chu", "an", "binh")

# Of 12 at least 7. Three to elect of c01 Dung, c02 Lan, c03 Páo, c04 Sơn; seven ballots are valid, two of them for the
# board to judge a strike on, and Dung alone comes to more than half.
COMMITTEE = (
    Paper({"c02": WHOLE}), Paper({"c03": WHOLE}), Paper({"c04": WHOLE}),
    Paper({"c02": WHOLE, "c03": WHOLE}), Paper({"c03": WHOLE, "c04": WHOLE}),
    Paper({"c02": HALF}), Paper({"c04": HALF}),
    Paper(),
    Paper({"c01": WHOLE}, other="signed"), Paper({"c01": WHOLE}, other="named"), Paper({"c01": WHOLE}, other="marked"),
    Paper({"c01": WHOLE}, foreign=True),
)  # fmt: skip
OF_COMMITTEE = {"c01": 7, "c02": 4, "c03": 4, "c04": 4}
SAID = {
    6: "struck",
    7: "struck",
    9: InvalidGround.SIGNED_OR_EXTRA_TEXT.value,
    10: InvalidGround.OUTSIDE_NAME.value,
    11: InvalidGround.DISTINGUISHING_MARK.value,
    12: InvalidGround.NOT_ISSUED.value,
}
"""What the board concludes, by the number of the paper. Paper 8 votes for four: its marks say so."""
GROUNDS = (
    *("không do Ban kiểm phiếu phát ra", "có ký tên hoặc viết thêm", "bầu người ngoài danh sách"),
    *("đánh dấu riêng hoặc dùng nhiều loại mực", "bầu quá số lượng cần bầu"),
)
"""As the minutes name them, which are in Vietnamese."""

# Two to elect of c01 Lan, c02 Páo, c03 Sơn, keyed: 10, 7 and 7.
FURTHER = (*("xkk",) * 2, *("kxk",) * 5, *("kkx",) * 5)
# One to elect of c01 Páo, c02 Sơn: 7 to 5; the strike on one of the seven is for the board to judge.
TIED = (*(Paper({"c02": WHOLE}),) * 6, Paper({"c02": HALF}), *(Paper({"c01": WHOLE}),) * 5)
TIED_KEYED = (*("kx",) * 7, *("xk",) * 5)
DOUBTED = 7
# One name: ten agree, one does not, one says both.
SECRETARY = (
    *(Paper(crossed={"c01": "agree"}),) * 10, Paper(crossed={"c01": "disagree"}), Paper(crossed={"c01": "both"})
)  # fmt: skip


@pytest.fixture
def house(tmp_path: Path, empty_database: Migrated) -> Iterator[House]:
    """On the database of this run, not open yet."""
    with a_house(tmp_path / "house", empty_database) as made:
        yield made


@EVERYTHING
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_day_of_an_election(
    house: House, empty_database: Migrated, chromium: Browser, language: str, tmp_path: Path
) -> None:
    with at_their_places(house, chromium, language, tmp_path) as (hall, keys):
        further, committee = the_committee(hall, str(keys["contest"]))
        among_the_tied = a_further_ballot(hall, further)
        three_counts(hall, among_the_tied)
        secretary = the_secretary(hall, str(keys["secretary"]))
    house.close()
    with a_house(tmp_path / "centre", empty_database) as province:
        keys = prepared(province, "centre", language)
        province.open()
        centre = Hall(province, Crowd(chromium, province, language), tmp_path, "", keys["sessions"])
        try:
            centre.comes("lan")
            the_centre(centre, str(keys["district"]), [committee, secretary])
        finally:
            centre.crowd.leave()


@ONLY_IN_SHORT
def test_one_ballot_from_the_list_to_the_sealed_package(house: House, chromium: Browser, tmp_path: Path) -> None:
    with at_their_places(house, chromium, "vi", tmp_path) as (hall, keys):
        _further, sealed = the_committee(hall, str(keys["contest"]))
    is_sound(sealed)


@contextmanager
def at_their_places(
    house: House, chromium: Browser, language: str, folder: Path
) -> Iterator[tuple[Hall, Mapping[str, object]]]:
    """The house is open, and everybody of the congress sits at a browser; with the keys of what was prepared."""
    keys = prepared(house, "day", language)
    house.open()
    hall = Hall(house, Crowd(chromium, house, language), folder, str(keys["congress"]), keys["sessions"])
    try:
        for username in EVERYBODY:
            hall.comes(username)
        hall.signs_in("yen")
        yield hall, keys
    finally:
        hall.crowd.leave()


def prepared(house: House, what: str, language: str) -> dict[str, dict[str, str]]:
    """What stands before the day begins."""
    made = subprocess.run(
        [sys.executable, "-m", "tests.web.counting.house", what, language],
        env={**house.environment, "PYTHONPATH": os.pathsep.join(sys.path)}, capture_output=True, check=False,
        text=True, encoding="utf-8",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    told: dict[str, dict[str, str]] = json.loads(made.stdout.splitlines()[-1])
    return told


def the_committee(hall: Hall, contest: str) -> tuple[str, Sealed]:
    """One is elected and two seats stay open; gives the ballot that the congress decides to hold, and the package."""
    closes_the_list(hall, contest, "election-1-contest", "number", "list")
    votes(hall, contest, "election-2")
    count = scans(hall, contest, COMMITTEE, power_cut=True)
    hall.people["an"].picture("election-3-count")
    judge(hall, contest, count, SAID, "an", "binh", picture="election-4-table")
    confirms(hall, contest, "election-5")
    assert votes_of(hall.house, contest) == OF_COMMITTEE
    assert elected(hall.house, contest) == ["Lý Mỹ Dung"]
    sealed = seals(hall, contest, count, "committee")
    minutes = text_of(sealed.minutes, "election-6-minutes")
    assert [ground for ground in GROUNDS if f"Trong đó: phiếu {ground} 01" not in minutes] == []

    chair = hall.people["chu"]
    chair.go("contest_rounds", hall.congress, contest)
    chair.picture("election-7-shortfall")
    expect(chair.page.locator("button[value=open]")).to_have_count(0)
    chair.fill(present=str(VOTERS), agree=str(VOTERS))
    chair.press("button[name=act][value=vote]")
    chair.page.locator("#id_further-paper_colour").fill("xanh")
    chair.press("button[name=act][value=open]")
    return chair.page.url.rstrip("/").rpartition("/")[2], sealed


def a_further_ballot(hall: Hall, contest: str) -> str:
    """Keyed by two; the second misreads a paper and reads it again. Gives the ballot among the tied."""
    closes_the_list_again(hall, contest, "number", "list")
    votes_again(hall, contest)
    count = begins(hall, contest, "keyed")
    key(hall, contest, count, "an", FURTHER).picture("election-9-keying")
    second = key(hall, contest, count, "binh", ("kkx", *FURTHER[1:]))
    expect(second.page.locator("[data-title]")).to_contain_text("1 ")
    for username in ("binh", "an"):
        # What differed comes back to both, cleared: the first and the third name.
        who = hall.people[username]
        if username == "an":
            who.page.reload()
        expect(who.page.locator("[data-name]:not([data-quiet])")).to_have_count(2)
        who.page.keyboard.type("xk")
        who.page.keyboard.press("Enter")
        expect(who.page.locator("[data-hint]")).to_contain_text("1:")
    confirms(hall, contest, "election-10")
    assert votes_of(hall.house, contest) == {"c01": 10, "c02": 7, "c03": 7}
    assert elected(hall.house, contest) == ["Nông Thị Lan"]

    chair = hall.people["chu"]
    chair.go("contest_rounds", hall.congress, contest)
    chair.picture("election-11-tie")
    chair.page.locator("#id_tie_reballot-paper_colour").fill("vàng")
    chair.press("button[name=act][value=open]")
    chair.press(".now form button")
    return chair.page.url.rstrip("/").rpartition("/")[2]


def three_counts(hall: Hall, contest: str) -> None:
    """The table of the second scanner takes a strike for none: nothing is confirmed until it is put right."""
    votes_again(hall, contest)
    count = scans(hall, contest, TIED)
    judge(hall, contest, count, {DOUBTED: "struck"}, "an")
    second = scans(hall, contest, TIED, second=True)
    judge(hall, contest, second, {DOUBTED: "kept"}, "binh")
    keyed = begins(hall, contest, "keyed")
    for username in ("an", "binh"):
        key(hall, contest, keyed, username, TIED_KEYED)
    head = hall.people["yen"]
    head.go("reconciliation", hall.congress, contest)
    expect(head.page.locator("form[action$='/confirm/']")).to_have_count(0)
    head.go("counts_compared", hall.congress, contest)
    # The one paper, as each count has it, and the picture of its place in the two that were scanned.
    shown = head.page.locator(".compare")
    expect(shown).to_have_count(1)
    expect(shown.locator("figure")).to_have_count(3)
    assert all(one.evaluate("one => one.decode().then(() => one.naturalWidth)") for one in shown.locator("img").all())
    assert shown.locator("img").count() == 2
    head.picture("election-13-comparison")

    clerk = hall.people["binh"]
    clerk.go("count_decisions", hall.congress, contest, second)
    clerk.press("button[name=undo]")
    wait_for_decisions(hall.house)
    clerk.go("count_table", hall.congress, contest, second)
    Table(clerk).says("struck")
    clerk.looks_away()
    wait_for_decisions(hall.house)
    head.go("counts_compared", hall.congress, contest)
    expect(head.page.locator("main .alert-success")).to_be_visible()
    confirms(hall, contest, "election-14")
    assert votes_of(hall.house, contest) == {"c01": 7, "c02": 5}
    assert elected(hall.house, contest) == ["Bàn Văn Páo"]


def the_secretary(hall: Hall, contest: str) -> Sealed:
    """The congress itself elects: introduced first, which elects nobody, then by a ballot of one name."""
    chair = hall.people["chu"]
    chair.posts("contest_vote", hall.congress, contest, "number", **ALL_IN_FAVOUR, against="0", other="0")
    chair.go("contest_names_add", hall.congress, contest, q="Ly My Dung")
    chair.page.locator("input[name=person]").check()
    chair.press("main form[method=post] button.btn-primary")
    chair.go("contest_opinions", hall.congress, contest)
    chair.fill(issued=str(VOTERS), valid=str(VOTERS))
    chair.page.locator("input[name^=of-]").fill("11")
    chair.picture("election-15-introduction")
    chair.press(SAVE)
    closes_the_list(hall, contest, "election-16-secretary", "list")
    assert votes_of(hall.house, contest) == {"c01": None}
    votes_again(hall, contest)
    count = scans(hall, contest, SECRETARY)
    confirms(hall, contest, "election-18")
    assert votes_of(hall.house, contest) == {"c01": 10}
    assert elected(hall.house, contest) == ["Lý Mỹ Dung"]
    sealed = seals(hall, contest, count, "secretary")
    assert "đánh dấu cả hai ô" in text_of(sealed.minutes, "election-19-minutes")
    return sealed


def the_centre(centre: Hall, district: str, packages: Sequence[Sealed]) -> None:
    """Both packages are sound, fit the paper, and stand in the tree."""
    for one in packages:
        is_sound(one)
    lan = centre.people["lan"]
    lan.go("results_packages")
    with lan.page.expect_navigation(timeout=PATIENCE):
        lan.page.locator("#packages-files").set_input_files([one.package for one in packages])
    expect(lan.page.locator(".parcel")).to_have_count(len(packages))
    expect(lan.page.locator("button[name=take]")).to_have_count(0)
    for one in packages:
        lan.page.locator(".parcel", has_text=one.package.name).locator("input[name$=typed]").fill(one.digest)
    lan.press("[data-look]")
    lan.picture("election-20-packages")
    lan.press("button[name=take]")
    lan.picture("election-21-received")
    lan.go("results_of", district)
    lan.picture("election-22-results-of")
    expect(lan.page.locator("main ul.rows li")).to_have_count(len(packages))


def is_sound(sealed: Sealed) -> None:
    """By the code that counts nothing itself."""
    report = verify_package(sealed.package, digest=sealed.digest)
    assert report.sound, report.findings


def text_of(paper: Path, name: str) -> str:
    """The text of a paper, whose pages are kept where pictures are wanted."""
    document = pdfium.PdfDocument(paper)
    for number, page in enumerate(document if PICTURES else (), 1):
        keep(page.render(scale=110 / 72).to_pil(), f"{name}-{number}")
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
