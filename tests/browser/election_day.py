"""The people of the day of an election and what each does in the browser, by ids and addresses in any language."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.day import Crowd, Somebody
from tests.browser.marked_papers import Paper, scanned
from tests.browser.serving import House, asked
from tests.web.counting.house import PASSWORD, TELLERS

ALL_IN_FAVOUR = {"present": "12", "agree": "12"}
VOTERS = 12
PASSPHRASE = "mật khẩu của ban kiểm phiếu"
PATIENCE = 60_000
SAVE = "main form button.btn-primary"
NUMBER_OF_FILE = re.compile(r"(\d{4})\.jpg")
OTHER_DPI = 150
"""The second scanner is another machine: its files are a second reading, and no copies of the first."""


@dataclass
class Hall:
    """The house, its people at their browsers, and the congress."""

    house: House
    crowd: Crowd
    folder: Path
    congress: str
    sessions: Mapping[str, str]
    people: dict[str, Somebody] = field(default_factory=dict)

    def comes(self, username: str) -> None:
        """Somebody sits down at a browser of their own in which they signed in before."""
        who = Somebody(self.crowd.arrives(), username)
        who.context.add_cookies([{"name": "sessionid", "value": self.sessions[username], "url": self.house.address}])
        self._sits(who)

    def signs_in(self, username: str) -> None:
        """Somebody types name and password."""
        who = Somebody(self.crowd.arrives(), username)
        who.go("sign_in")
        who.fill(username=username, password=PASSWORD)
        who.press()
        self._sits(who)

    def _sits(self, who: Somebody) -> None:
        who.context.on("dialog", lambda dialog: dialog.accept())
        self.people[who.name] = who

    def everybody_looks_away(self) -> None:
        """Pages that ask for news by themselves are closed: nobody looks at them now."""
        for who in self.people.values():
            who.looks_away()

    def election_file(self, contest: str) -> Path:
        """The election file of the form whose ballots count."""
        [[form]] = asked(self.house, f"select max(number) from elections_ballotform f {OF_CONTEST.format(contest)}")
        return self.house.folder / "contests" / contest / str(form) / "election.toml"


OF_COUNT = "from counting_progress p join counting_count n on p.count_id = n.id where n.key = '{}'"
OF_CONTEST = "join elections_contest c on f.contest_id = c.id where c.key = '{}'"


def closes_the_list(hall: Hall, contest: str, picture: str, *subjects: str) -> None:
    """Votes by show of cards on the subjects, all in favour; then the list is closed from the page of the contest."""
    chair = hall.people["chu"]
    for subject in subjects:
        chair.go("contest_vote", hall.congress, contest, subject)
        chair.fill(**ALL_IN_FAVOUR)
        chair.press()
    chair.go("contest", hall.congress, contest)
    chair.picture(picture)
    chair.press(".now form button")


def votes(hall: Hall, contest: str, picture: str) -> None:
    """The ballots are made, looked at, printed, issued; the box is opened and its papers counted by hand."""
    teller = hall.people["an"]
    teller.go("contest_ballots", hall.congress, contest)
    teller.press("button[name=act][value=make]")
    preview = teller.page.locator("img[src*='/ballots/']").first
    assert preview.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 0
    teller.picture(f"{picture}-ballots")
    teller.fill(copies=str(VOTERS + 1))
    teller.press("button[name=act][value=print]")
    printed = teller.fetch("a[href*='/ballots/jobs/']", hall.folder / f"{contest}.pdf")
    assert printed.read_bytes().startswith(b"%PDF")
    teller.go("contest_issue", hall.congress, contest)
    teller.fill(present=str(VOTERS), issued=str(VOTERS))
    teller.picture(f"{picture}-issue")
    teller.press(SAVE)
    teller.go("contest_collect", hall.congress, contest)
    teller.fill(collected=str(VOTERS), unused="1")
    teller.press(SAVE)


def closes_the_list_again(hall: Hall, contest: str, *subjects: str) -> None:
    """What was played before, by the requests of its pages: votes by cards on the subjects, the list is closed."""
    chair = hall.people["chu"]
    for subject in subjects:
        chair.posts("contest_vote", hall.congress, contest, subject, **ALL_IN_FAVOUR, against="0", other="0")
    chair.posts("contest_close", hall.congress, contest)


def votes_again(hall: Hall, contest: str) -> None:
    """What was played before, by the requests of its pages: from the ballot that is made to the opened box."""
    teller, at, two = hall.people["an"], (hall.congress, contest), {"first": TELLERS[0], "second": TELLERS[1]}
    teller.posts("contest_ballots", *at, act="make")
    teller.posts("contest_ballots", *at, act="print", copies=str(VOTERS + 1))
    teller.posts("contest_issue", *at, present=str(VOTERS), issued=str(VOTERS), **two)
    teller.posts("contest_collect", *at, collected=str(VOTERS), unused="1", **two)


def begins(hall: Hall, contest: str, way: str = "scanned") -> str:
    """A count and its pile; gives the key of the count."""
    teller = hall.people["an"]
    teller.go("counting", hall.congress, contest)
    teller.fill(way=way)
    teller.press("form[action$='/begin/'] button")
    count = teller.page.url.rstrip("/").rpartition("/")[2]
    teller.page.locator("#id_papers").fill(str(VOTERS))
    teller.press("form[action$='/batches/'] button.btn-primary")
    return count


def scans(hall: Hall, contest: str, papers: Sequence[Paper], *, power_cut: bool = False, second: bool = False) -> str:
    """A count is begun and its pile is scanned; the key of the count, once all is read."""
    teller = hall.people["an"]
    count = begins(hall, contest)
    folder = hall.folder / f"scans-{count}"
    files = scanned(hall.election_file(contest), papers, folder, dpi=OTHER_DPI if second else 200)
    send(teller, files[:5] if power_cut else files)
    if power_cut:
        # While pages are read, the plug of the laptop is pulled; what was safe here is safe, the rest is sent again.
        hall.house.close()
        hall.everybody_looks_away()
        hall.house.open()
        teller.go("count", hall.congress, contest, count, batch="1")
        send(teller, files)
    wait_for(hall.house, count, len(papers))
    return count


def send(teller: Somebody, files: Sequence[Path]) -> None:
    """Choose scans; each is safe in the house when its line says so."""
    teller.page.locator("#scans-files").set_input_files(files)
    expect(teller.page.locator("[data-drop-list] li.kept")).to_have_count(len(files), timeout=PATIENCE)


def wait_for(house: House, count: str, papers: int) -> None:
    """Until the reader has read all pages of a count and its result stands."""
    question = f"select p.pages, p.settled, p.problem {OF_COUNT.format(count)}"
    _until(house, question, lambda rows: bool(rows) and rows[0][0] == papers and bool(rows[0][1]))


def wait_for_decisions(house: House) -> None:
    """Until every decision, and every one that was taken back, is in its count."""
    question = (
        "select count(*) from counting_decision where problem is null and "
        "((undone_at is null and adopted_at is null) or (undone_at is not null and withdrawn_at is null))"
    )
    _until(house, question, lambda rows: rows == [(0,)])


def _until(house: House, question: str, holds: object) -> None:
    assert callable(holds)
    until = time.monotonic() + PATIENCE / 1000
    while not holds(rows := asked(house, question)):
        assert time.monotonic() < until, rows
        time.sleep(0.1)


# A finger that falls twice: the second press, of the key and of the mouse, comes just when the next question is there.
PRESSES_AGAIN = """(key) => document.addEventListener("htmx:afterSwap", () => {
  window.followed = document.querySelector("[data-desk]").dataset.shown;
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  document.querySelector("[data-answers] button[name=word]")?.click();
}, { once: true })"""


@dataclass
class Table:
    """Somebody of the board at the table of a count."""

    who: Somebody

    @property
    def paper(self) -> int:
        """The number of the scan that is shown; 0 where nothing is."""
        about = self.who.page.locator(".desk-about")
        if not about.count():
            return 0
        told = NUMBER_OF_FILE.search(about.inner_text())
        assert told is not None, about.inner_text()
        return int(told.group(1))

    def says(self, word: str) -> None:
        """The key that stands on the button of this answer."""
        page = self.who.page
        key = page.locator(f"[data-answers] button[name=word][value={word}]").get_attribute("data-key")
        assert key is not None
        shown = page.locator("[data-desk][data-ready]").get_attribute("data-shown")
        page.evaluate(PRESSES_AGAIN, key)
        page.keyboard.press(key)
        # The next question takes the place of this one; nothing is loaded anew.
        expect(page.locator(f"[data-desk][data-shown='{shown}']")).to_have_count(0)
        followed = page.evaluate("followed")
        page.locator("[data-desk][data-ready]").wait_for()
        assert page.locator("[data-desk]").get_attribute("data-shown") == followed, "answered before anybody saw it"
        expect(page.locator(".alert-danger:visible")).to_have_count(0)

    def tries_while_the_house_is_away(self) -> None:
        """A key that does not arrive is told, and the question stays."""
        page, paper = self.who.page, self.paper
        page.locator("[data-desk][data-ready]").wait_for()
        page.route("**/table/", lambda route: route.abort())
        page.keyboard.press("1")
        expect(page.locator("[data-unsent]")).to_be_visible()
        page.unroute("**/table/")
        assert self.paper == paper


def judge(hall: Hall, contest: str, count: str, answers: Mapping[int, str], *people: str, picture: str = "") -> None:
    """People at their tables get different ballots, and answer what the paper shows, by its number."""
    tables = [Table(hall.people[username]) for username in people]
    for table in tables:
        table.who.go("count_table", hall.congress, contest, count)
        if picture:
            table.who.picture(f"{picture}-{table.who.name}")
    assert len({table.paper for table in tables}) == len(tables)
    tables[0].tries_while_the_house_is_away()
    left = dict(answers)
    while left:
        for table in tables:
            if paper := table.paper:
                table.says(left.pop(paper))
    for table in tables:
        table.who.looks_away()
    wait_for_decisions(hall.house)


def key(hall: Hall, contest: str, count: str, username: str, papers: Sequence[str]) -> Somebody:
    """Somebody keys a pile: one key a name, Enter keeps the paper. Gives who, at the page."""
    who = hall.people[username]
    who.go("keying", hall.congress, contest, count, 1)
    for number, keys in enumerate(papers, 1):
        expect(who.page.locator("[data-title]")).to_contain_text(f"{number} ")
        who.page.keyboard.type(keys)
        who.page.keyboard.press("Enter")
        expect(who.page.locator("[data-hint]")).to_contain_text(f"{number}:")
    return who


def confirms(hall: Hall, contest: str, picture: str) -> None:
    """Nobody outside knows a figure before the head has confirmed and announced it."""
    head, guest = hall.people["yen"], hall.people["chu"].page.request
    result = reverse("contest_result", args=[hall.congress, contest])
    head.go("reconciliation", hall.congress, contest)
    head.picture(f"{picture}-reconciliation")
    # People stand there by their names; the codes of the record are nothing that a board knows.
    expect(head.page.locator("main")).not_to_contain_text("c01")
    assert guest.get(result).status == 404
    head.press("form[action$='/confirm/'] button.btn-primary")
    assert guest.get(result).status == 404
    head.press("form[action$='/announce/'] button")
    head.picture(f"{picture}-result")
    assert guest.get(result).status == 200


@dataclass(frozen=True)
class Sealed:
    """What the head carries away: the package, the minutes, and the digest that stands on them."""

    package: Path
    minutes: Path
    digest: str


def seals(hall: Hall, contest: str, count: str, name: str) -> Sealed:
    """The minutes are written and the package is sealed."""
    head, folder = hall.people["yen"], hall.folder / name
    head.go("reconciliation", hall.congress, contest)
    head.press("form[action$='/minutes/'] button")
    head.fill(passphrase=PASSPHRASE)
    if head.page.locator("#id_again").count():
        head.fill(again=PASSPHRASE)
    head.press("form[action$='/seal/'] button[type=submit]")
    package, minutes = (
        head.fetch(f"a[href$='/files/{file}/']", folder / f"{name}-{file}") for file in ("package.zip", "minutes.pdf")
    )
    [[digest]] = asked(hall.house, f"select p.digest {OF_COUNT.format(count)}")
    return Sealed(package, minutes, str(digest))


def votes_of(house: House, contest: str) -> dict[str, int]:
    """Votes by place on the ballot, as the database has them."""
    rows = asked(house, f"select f.number, f.votes from elections_nomination f {OF_CONTEST.format(contest)}")
    return {f"c{number:02d}": votes for number, votes in sorted(rows)}


def elected(house: House, contest: str) -> list[str]:
    """Who was elected by this ballot."""
    question = f"select f.name from elections_nomination f {OF_CONTEST.format(contest)} and outcome = 'elected'"
    return sorted(row[0] for row in asked(house, question))
