"""The day of an election in Chromium, by role: a list is closed, ballots are printed, cast, scanned, judged by two at
once, confirmed, announced; a tie at the last seat goes to a second ballot; and the power goes in the middle.

In both languages and on both databases, with `make test-all`: it takes minutes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect

from daihoi.verify.package import verify_package
from tests.browser.day import Crowd, Somebody
from tests.browser.marked_papers import HALF, WHOLE, Strikes, form_of, scanned
from tests.browser.serving import House, a_database, asked
from tests.everything import EVERYTHING
from tests.web.conftest import a_free_port
from tests.web.counting.house import PASSWORD, PEOPLE

VOTERS = 12
ALL_IN_FAVOUR = {"present": str(VOTERS), "agree": str(VOTERS)}
PASSPHRASE = "mật khẩu của ban kiểm phiếu"
PATIENCE = 60_000
SAVE = "main form button.btn-primary"

# Base 12, at least 7 votes. On the ballot: c01 Dung, c02 Lan, c03 Páo, c04 Sơn. Eleven valid ballots keep three names,
# two of them with a strike that only the board can judge; one keeps all four and is not valid.
FIRST: tuple[Strikes, ...] = (
    {"c01": WHOLE},
    *({"c02": WHOLE} for _paper in range(2)),
    *({"c03": WHOLE} for _paper in range(3)),
    {"c03": HALF},
    *({"c04": WHOLE} for _paper in range(3)),
    {"c04": HALF},
    {},
)
FIRST_VOTES = {"c01": 10, "c02": 9, "c03": 7, "c04": 7}
# The tied alone, for one seat: 7 to 5.
SECOND: tuple[Strikes, ...] = (*({"c02": WHOLE} for _paper in range(7)), *({"c01": WHOLE} for _paper in range(5)))


@dataclass
class Hall:
    """The house, its people at their browsers, and the congress."""

    house: House
    crowd: Crowd
    folder: Path
    congress: str
    people: dict[str, Somebody] = field(default_factory=dict)

    def comes(self, username: str) -> Somebody:
        """Somebody signs in at a browser of their own."""
        who = Somebody(self.crowd.arrives(), username)
        who.page.on("dialog", lambda dialog: dialog.accept())
        who.go("sign_in")
        who.fill(username=username, password=PASSWORD)
        who.press()
        self.people[username] = who
        return who

    def data_of(self, contest: str, form: int) -> Path:
        """The election file of a printed form."""
        return self.house.folder / "contests" / contest / str(form) / "election.toml"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Open, on the database of this run, with a congress about to elect."""
    with a_database() as url:
        opened = House(tmp_path / "house", a_free_port(), url)
        opened.folder.mkdir()
        yield opened
        opened.close()


@EVERYTHING
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_day_of_an_election(house: House, chromium: Browser, language: str, tmp_path: Path) -> None:
    keys = morning(house, language)
    house.open()
    hall = Hall(house, Crowd(chromium, house, language), tmp_path, keys["congress"])
    try:
        for username in PEOPLE:
            hall.comes(username)
        first = keys["contest"]
        closes_the_list(hall, first)
        votes(hall, first)
        count = counts(hall, first, FIRST, power_cut=True)
        judges_by_two(hall, first, count)
        concludes(hall, first, invalid=1)
        assert votes_of(house, first) == FIRST_VOTES
        second = goes_on(hall, first)
        votes(hall, second)
        count = counts(hall, second, SECOND)
        concludes(hall, second, invalid=0)
        assert votes_of(house, second) == {"c01": 7, "c02": 5}
        assert elected(house) == ["Bàn Văn Páo", "Lý Mỹ Dung", "Nông Thị Lan"]
        package_holds(hall, second, count)
    finally:
        hall.crowd.leave()


def morning(house: House, language: str) -> dict[str, str]:
    """What was prepared before the day."""
    made = subprocess.run(
        [sys.executable, "-m", "tests.web.counting.house", "morning", language],
        env={**house.environment, "PYTHONPATH": os.pathsep.join(sys.path)}, capture_output=True, check=False,
        text=True, encoding="utf-8",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    told: dict[str, str] = json.loads(made.stdout.splitlines()[-1])
    return told


def closes_the_list(hall: Hall, contest: str) -> None:
    """Number and list by show of cards, then the list is closed."""
    chair = hall.people["chu"]
    for subject in ("number", "list"):
        chair.go("contest_vote", hall.congress, contest, subject)
        chair.fill(**ALL_IN_FAVOUR)
        chair.press()
    chair.go("contest", hall.congress, contest)
    chair.picture("election-1-contest")
    chair.press(".now form button")


def votes(hall: Hall, contest: str) -> None:
    """The ballots are made, looked at, printed, issued; the box is opened and its papers counted by hand."""
    teller = hall.people["an"]
    teller.go("contest_ballots", hall.congress, contest)
    teller.press("button[name=act][value=make]")
    preview = teller.page.locator("img[src*='/ballots/']").first
    expect(preview).to_be_visible()
    assert preview.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 0
    teller.picture("election-2-ballots")
    teller.fill(copies=str(VOTERS + 1))
    teller.press("button[name=act][value=print]")
    printed = teller.fetch("a[href*='/ballots/jobs/']", hall.folder / f"{contest}.pdf")
    assert printed.read_bytes().startswith(b"%PDF")
    teller.go("contest_issue", hall.congress, contest)
    teller.fill(present=str(VOTERS), issued=str(VOTERS))
    teller.picture("election-3-issue")
    teller.press(SAVE)
    teller.go("contest_collect", hall.congress, contest)
    teller.fill(collected=str(VOTERS), unused="1")
    teller.press(SAVE)


def counts(hall: Hall, contest: str, papers: Sequence[Strikes], *, power_cut: bool = False) -> str:
    """Count A is begun, a pile of twelve is put down and sent; the key of the count, once all is read."""
    teller = hall.people["an"]
    form = asked(hall.house, f"select max(number) from elections_ballotform f join elections_contest c "
                             f"on f.contest_id = c.id where c.key = '{contest}'")[0][0]  # fmt: skip
    files = scanned(form_of(hall.data_of(contest, form)), papers, hall.folder / f"scans-{contest}")
    teller.go("counting", hall.congress, contest)
    teller.press("form[action$='/begin/'] button")
    count = teller.page.url.rstrip("/").rpartition("/")[2]
    teller.page.locator("#id_papers").fill(str(VOTERS))
    teller.press("form[action$='/batches/'] button.btn-primary")
    sent = files[:5] if power_cut else files
    send(teller, sent)
    if power_cut:
        # While pages are read, the plug of the laptop is pulled; what was safe here is safe, the rest is sent again.
        hall.house.close()
        hall.house.open()
        teller.go("count", hall.congress, contest, count, batch="1")
        send(teller, files)
    wait_for(hall.house, contest, len(papers))
    teller.go("count", hall.congress, contest, count)
    teller.picture("election-4-count")
    return count


def send(teller: Somebody, files: Sequence[Path]) -> None:
    """Choose scans; each is safe in the house when its line says so."""
    teller.page.locator("#scans-files").set_input_files(files)
    expect(teller.page.locator("[data-drop-list] li")).to_have_count(len(files))
    expect(teller.page.locator("[data-drop-list] li.kept")).to_have_count(len(files), timeout=PATIENCE)


def wait_for(house: House, contest: str, ballots: int) -> None:
    """Until the reader has read them all."""
    import time

    question = (
        "select p.ballots, p.settled, p.problem from counting_progress p join counting_count n on p.count_id = n.id "
        f"join elections_contest c on n.contest_id = c.id where c.key = '{contest}'"
    )
    until = time.monotonic() + PATIENCE / 1000
    while True:
        rows = asked(house, question)
        if rows and rows[0][0] == ballots and rows[0][1]:
            return
        assert time.monotonic() < until, rows
        time.sleep(0.2)


def judges_by_two(hall: Hall, contest: str, count: str) -> None:
    """Two at their tables get two ballots, and strike what the paper shows to be struck."""
    shown = []
    for username in ("an", "binh"):
        table = hall.people[username]
        table.go("count_table", hall.congress, contest, count)
        table.picture(f"election-5-table-{username}")
        shown.append(table.page.locator("form[data-answers] input[name=question]").get_attribute("value"))
        expect(table.page.locator(".desk-crop")).to_be_visible()
    assert shown[0] != shown[1]
    for username in ("an", "binh"):
        hall.people[username].press("form[data-answers] button[value=struck]")
        expect(hall.people[username].page.locator(".empty, [data-answers]")).to_have_count(1)
        # A table looks for new questions by itself; who goes elsewhere follows a link.
        hall.people[username].press("ol.above a >> nth=-1")


def concludes(hall: Hall, contest: str, *, invalid: int) -> None:
    """Nobody outside knows a figure; the head confirms, announces, writes the minutes and seals."""
    head, guest = hall.people["yen"], hall.people["chu"]
    result = reverse("contest_result", args=[hall.congress, contest])
    for _try in range(100):
        head.go("reconciliation", hall.congress, contest)
        if head.page.locator("form[action$='/confirm/'] button.btn-primary").count():
            break
        head.page.wait_for_timeout(300)
    head.picture("election-6-reconciliation")
    assert guest.page.goto(result).status == 404  # type: ignore[union-attr]
    head.press("form[action$='/confirm/'] button.btn-primary")
    assert guest.page.goto(result).status == 404  # type: ignore[union-attr]
    head.press("form[action$='/announce/'] button")
    head.picture("election-7-result")
    assert guest.page.goto(result).status == 200  # type: ignore[union-attr]
    head.go("reconciliation", hall.congress, contest)
    head.press("form[action$='/minutes/'] button")
    head.fill(passphrase=PASSPHRASE)
    if head.page.locator("#id_again").count():
        head.fill(again=PASSPHRASE)
    head.press("form[action$='/seal/'] button[type=submit]")


def goes_on(hall: Hall, contest: str) -> str:
    """The tie is told, and the ballot among the tied is opened on paper of its own colour; its list needs no vote."""
    chair = hall.people["chu"]
    chair.go("contest_rounds", hall.congress, contest)
    chair.picture("election-8-rounds")
    chair.page.locator("#id_tie_reballot-paper_colour").fill("vàng")
    chair.press("button[name=act][value=open]")
    chair.press(".now form button")
    return chair.page.url.rstrip("/").rpartition("/")[2]


def votes_of(house: House, contest: str) -> dict[str, int]:
    """Votes by place on the ballot, as the database has them."""
    rows = asked(house, "select n.number, n.votes from elections_nomination n join elections_contest c "
                        f"on n.contest_id = c.id where c.key = '{contest}'")  # fmt: skip
    return {f"c{number:02d}": votes for number, votes in sorted(rows)}


def elected(house: House) -> list[str]:
    """Who was elected, on whichever ballot."""
    return sorted(row[0] for row in asked(house, "select name from elections_nomination where outcome = 'elected'"))


def package_holds(hall: Hall, contest: str, count: str) -> None:
    """The sealed package as the head carries it away is sound by the code that counts nothing itself."""
    head = hall.people["yen"]
    head.go("reconciliation", hall.congress, contest)
    package = head.fetch("a[href$='/files/package.zip/']", hall.folder / "package.zip")
    found = asked(hall.house, "select p.digest from counting_progress p join counting_count n on p.count_id = n.id "
                              f"where n.key = '{count}'")[0][0]  # fmt: skip
    report = verify_package(package, digest=found)
    assert report.sound, report.findings
