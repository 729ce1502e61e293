"""The power goes while scans come in, the board decides and people key: nothing acknowledged is lost or counted twice.

DAIHOI_KILLS says how often it goes; three times here, at moments that a seed draws.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from bench.check_in import served

from tests.web.congresses.test_killed import environment, killed
from tests.web.counting.house import PASSWORD

KILLS = int(os.environ.get("DAIHOI_KILLS", "3"))
PAPERS = max(12, 6 * KILLS - 6)
"""So that there is still work at the last of the power cuts."""
SEED = int(os.environ.get("DAIHOI_KILL_SEED", "1"))
NAMES = 4


class Browser:
    """Somebody of the board at a browser, who signs in again after each power cut."""

    def __init__(self, port: int, who: str) -> None:
        self.port, self.who, self.cookies = port, who, {"csrftoken": "a" * 32}
        page = self.ask("GET", "/sign-in/")[1]
        body = {"username": who, "password": PASSWORD, "csrfmiddlewaretoken": self.token(page)}
        assert self.ask("POST", "/sign-in/", urlencode(body))[0] == 302

    @staticmethod
    def token(page: str) -> str:
        """What a form of the page is sent with."""
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found, page[:500]
        return found[1]

    def ask(self, method: str, path: str, body: str | bytes = b"", **headers: str) -> tuple[int, str]:
        """One request; OSError when the house is gone."""
        kind = "application/x-www-form-urlencoded" if isinstance(body, str) else "application/octet-stream"
        held = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Content-Type": kind}
        held |= {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request(method, path, body.encode() if isinstance(body, str) else body, held)
            answer = connection.getresponse()
            text = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _equals, told = value.partition(";")[0].partition("=")
                self.cookies[key] = told
        return answer.status, text


@dataclass
class Work:
    """What is to be done, and what the house said that it has."""

    root: str
    scanned: str
    keyed: str
    papers: list[Path]
    uploads: set[str] = field(default_factory=set)
    decisions: set[tuple[str, str]] = field(default_factory=set)
    keys: set[tuple[int, int, int]] = field(default_factory=set)
    over: threading.Event = field(default_factory=threading.Event)

    def scan(self, browser: Browser) -> None:
        """The scanner's files, in their order, each until it is said to be safe."""
        address = f"{self.root}counts/{self.scanned}/"
        token = browser.token(browser.ask("GET", address)[1])
        for paper in self.papers:
            if self.over.is_set():
                return
            if paper.name not in self.uploads:
                told = {"X_CSRFToken": token, "X_File_Name": quote(paper.name)}
                if browser.ask("POST", f"{address}scans/", paper.read_bytes(), **told)[0] == 200:
                    self.uploads.add(paper.name)
                time.sleep(0.15)

    def decide(self, browser: Browser) -> None:
        """Whatever comes onto the table, by its first key: a mark, or a ballot as a whole."""
        address = f"{self.root}counts/{self.scanned}/table/"
        while not self.over.is_set():
            page = browser.ask("GET", address)[1]
            asked = re.search(r'name="question" value="(\d+)"', page)
            word = re.search(r'name="word" value="([^"]+)"', page)
            if asked is None or word is None:
                time.sleep(0.2)
                continue
            body = {"question": asked[1], "word": word[1], "csrfmiddlewaretoken": browser.token(page)}
            status, _text = browser.ask("POST", address, urlencode(body))
            if status == 302:
                self.decisions.add((asked[1], browser.who))

    def key(self, browser: Browser) -> None:
        """The pile of the keyed count, paper after paper."""
        address = f"{self.root}counts/{self.keyed}/keying/1/"
        page = browser.ask("GET", address)[1]
        token = browser.token(page)
        told = re.search(r'id="keying-next" type="application/json">(.*?)</script>', page)
        # The second is told of the first as well: that nothing of theirs is seen.
        turn = 2 if "lượt thứ hai" in page else 1
        paper = json.loads(told[1]) if told else None
        while paper and not self.over.is_set():
            done = {"number": paper["number"], "attempt": paper["attempt"], "marks": "k" * 3 + "x"}
            body = urlencode({"paper": json.dumps(done), "csrfmiddlewaretoken": token})
            status, text = browser.ask("POST", address, body)
            if status == 200:
                self.keys.add((turn, paper["number"], paper["attempt"]))
            paper = json.loads(text)["next"]
            time.sleep(0.1)


@pytest.fixture
def house(tmp_path: Path) -> dict[str, str]:
    """An opened box."""
    command = [sys.executable, "-m", "tests.web.counting.house", "box", str(tmp_path), str(PAPERS)]
    made = subprocess.run(command, env=environment(tmp_path), capture_output=True, check=True, timeout=600)
    told: dict[str, str] = json.loads(made.stdout)
    return told


def opened(folder: Path, port: int, held: dict[str, str]) -> subprocess.Popen[bytes]:
    """The house, on a machine that may be busy with other things."""
    for _try in range(4):
        with suppress(SystemExit):
            return served(folder, port, held)
    pytest.fail("the house did not open")


def cut(process: subprocess.Popen[bytes]) -> None:
    """The power goes."""
    with suppress(ProcessLookupError):
        killed(process)


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    """What the database holds."""
    with closing(sqlite3.connect(folder / "daihoi.sqlite3", timeout=30)) as database:
        return list(database.execute(sql))


def at_once(work: Work, browsers: list[Browser]) -> Iterator[threading.Thread]:
    """Everybody works until the house is gone."""
    acts = (work.scan, work.decide, work.decide, work.key, work.key)
    for act, browser in zip(acts, browsers, strict=True):

        def until_gone(act: object = act, browser: Browser = browser) -> None:
            with suppress(OSError, http.client.HTTPException, ValueError, AssertionError):
                act(browser)  # type: ignore[operator]

        yield threading.Thread(target=until_gone)


def begun(port: int, root: str) -> tuple[str, str]:
    """Count A is scanned, count B keyed by two people."""
    head = Browser(port, "yen")
    page = head.ask("GET", root)[1]
    token = head.token(page)
    for way in ("scanned", "keyed"):
        assert head.ask("POST", f"{root}begin/", urlencode({"way": way, "csrfmiddlewaretoken": token}))[0] == 302
    keys = dict(re.findall(r'counts/([0-9a-f]{16})/"><b>[^<]* ([AB])</b>', head.ask("GET", root)[1]))
    by_label = {label: key for key, label in keys.items()}
    body = urlencode({"papers": PAPERS, "csrfmiddlewaretoken": token})
    assert head.ask("POST", f"{root}counts/{by_label['B']}/batches/", body)[0] == 302
    return by_label["A"], by_label["B"]


def test_power_cuts_lose_nothing_acknowledged_and_count_nothing_twice(
    tmp_path: Path, free_port: int, house: dict[str, str]
) -> None:
    held, chance = environment(tmp_path), random.Random(SEED)
    root = f"/congresses/{house['congress']}/counting/{house['contest']}/"
    process = opened(tmp_path, free_port, held)
    scanned, keyed = begun(free_port, root)
    work = Work(root, scanned, keyed, sorted((tmp_path / "papers").iterdir()))
    try:
        for _kill in range(KILLS):
            browsers = [Browser(free_port, who) for who in ("yen", "an", "binh", "an", "binh")]
            threads = list(at_once(work, browsers))
            for thread in threads:
                thread.start()
            time.sleep(chance.uniform(0.3, 4.0))
            if chance.random() < 0.4:
                # The reader alone: the house goes on, and starts it again.
                for (pid,) in rows(tmp_path, "SELECT pid FROM counting_reader"):
                    with suppress(OSError):
                        os.kill(int(str(pid)), getattr(signal, "SIGKILL", signal.SIGTERM))
                time.sleep(chance.uniform(0.3, 2.0))
            cut(process)
            for thread in threads:
                thread.join(60)
            process = opened(tmp_path, free_port, held)
        finish(work, free_port)
        proved(work, tmp_path)
    finally:
        work.over.set()
        cut(process)


def finish(work: Work, port: int) -> None:
    """The rest of the scans and questions, without a power cut."""
    work.scan(Browser(port, "yen"))
    table = Browser(port, "an")
    thread = threading.Thread(target=lambda: work.decide(table))
    thread.start()
    until, calm = time.monotonic() + 180, 0
    part = f"{work.root}counts/{work.scanned}/?part=1"
    while calm < 3 and time.monotonic() < until:
        page = table.ask("GET", part)[1]
        figures = [int(one) for one in re.findall(r"<b>(\d+)", page)]
        # Ballots read, pages, being read, waiting for the board.
        calm = calm + 1 if figures[:4] == [PAPERS, PAPERS, 0, 0] else 0
        time.sleep(1)
    work.over.set()
    thread.join(60)
    assert calm == 3, page


def proved(work: Work, folder: Path) -> None:
    """Held against what the house said that it has."""
    count = folder / "counts" / work.scanned / "count"
    events = [json.loads(line) for line in (count / "ledger.jsonl").read_text(encoding="utf-8").splitlines()]
    taken = [one["facts"]["file"] for one in events if one["kind"] == "image.taken"]
    assert sorted(taken) == sorted(paper.name for paper in work.papers), "each scan once"
    assert len((count / "ballots.jsonl").read_bytes().splitlines()) == PAPERS
    stand = rows(folder, "SELECT ballot, candidate FROM counting_decision WHERE undone_at IS NULL")
    assert len(stand) == len(set(stand)) >= len(work.decisions)
    adopted = [(one["facts"]["ballot"], one["facts"]["candidate"]) for one in events if one["kind"] == "decision.made"]
    assert sorted(adopted) == sorted((str(ballot), str(candidate)) for ballot, candidate in stand)
    keyed = rows(folder, "SELECT turn, number, attempt FROM counting_keyedballot")
    assert len(keyed) == len(set(keyed))
    assert work.keys <= {(int(str(turn)), int(str(number)), int(str(attempt))) for turn, number, attempt in keyed}
    ledger = rows(folder, "SELECT count(*) FROM audit_ledgerentry WHERE kind='count.ballot_keyed'")
    assert ledger == [(len(keyed),)], "each with its entry"
