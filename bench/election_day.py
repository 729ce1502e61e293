#!/usr/bin/env python3
"""The counting of an election, played into a real `daihoi serve` with its reader: how long people wait, and for what.

    python bench/election_day.py --data DIR             500 ballots of 70 names, 60 sheets a minute; about 20 minutes
    python bench/election_day.py --data DIR2 --quick    12 ballots of 12 names, to try it

Ballots are drawn once and kept in DIR with the house that their codes belong to; each run plays a copy of it. Count A
is fed sheet by sheet: measured is the time from the last byte of the last file until the result of all ballots stands
in the row that pages show. Count B gets the same ballots in blocks, by turns with ten browsers looking on (their live
pages ask every second, as in a hall) and without. Then ballots full of mistakes come onto the table of the board, a
person looks at ballots that raised no doubt, and two people key a pile, all by HTTP as browsers do.

Of each answer two times are told, the middle and the 95th percentile: what the server's processes computed for it, and
the clock on the wall, by which the goals are judged; so the machine must do nothing else. No person is played: how long
a person looks at a mark or reads a paper comes on top.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import json
import math
import os
import platform
import re
import shutil
import socket
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil

import check_in
import election_house
import live
import web_clock
from daihoi import __version__

PORT = 8163
STANDS_SECONDS, PAGE_MS, COST = 2.0, 100.0, 0.10
"""Goals: from the last sheet to the result; from one question to the next; what ten browsers take from the reader."""
BROWSERS, EVERY = 10, 1.0
BLOCKS = 4
"""The ballots of count B in so many parts, half of them with browsers looking on."""
PATIENCE = 600.0
BEFORE = "348 ballots of 55 names took 40 minutes on three computers in 2010"


@dataclass
class Told:
    """What was seen: lines of the table, and goals that were missed."""

    lines: list[tuple[str, str, str]] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def say(self, what: str, seen: str, goal: str = "", *, held: bool = True) -> None:
        """A line of the table, at once on the screen too: a run takes long."""
        self.lines.append((what, seen, goal + ("" if held else "  MISSED")))
        if not held:
            self.missed.append(what)
        print(f"{what:62}{seen:>30}  {self.lines[-1][2]}", flush=True)


class Person(check_in.Station):
    """Somebody of the board at a browser."""

    def __init__(self, username: str) -> None:
        super().__init__(PORT, 0)
        _status, page = self.ask("GET", "/sign-in/")
        given = {"username": username, "password": election_house.PASSWORD, "csrfmiddlewaretoken": token_in(page)}
        if self.post("/sign-in/", given)[0] != 302:
            raise SystemExit(f"{username} could not sign in")

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> tuple[int, bytes]:
        """One request; a connection that the house gave up while nobody asked is opened anew, as browsers do."""
        try:
            return super().ask(method, path, body, **headers)
        except http.client.RemoteDisconnected:
            self.connection.close()
            return super().ask(method, path, body, **headers)

    def post(self, path: str, given: dict[str, str], *, part: bool = False) -> tuple[int, bytes]:
        """A form that is sent; `part`: by the script of a page, which puts the answer into it."""
        kind = {"Content-Type": "application/x-www-form-urlencoded", **({"HX-Request": "true"} if part else {})}
        return self.ask("POST", path, urlencode(given), **kind)

    def page(self, path: str) -> str:
        """A page, which must be there."""
        return self.page_bytes(path).decode()

    def page_bytes(self, path: str) -> bytes:
        """A picture, which must be there."""
        status, body = self.ask("GET", path)
        if status != 200:
            raise SystemExit(f"{path} was answered with {status}")
        return body


def token_in(page: bytes) -> str:
    """What a form of the page is sent with."""
    return page.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]


class Spent:
    """Times one request after the other: the processor of the server, and the clock on the wall."""

    def __init__(self, process: int, reader: int) -> None:
        parent = psutil.Process(process)
        self._served = [one for one in (parent, *parent.children(recursive=True)) if one.pid != reader]

    def _processor(self) -> float:
        """Seconds that the server's processes computed by now, the reader's not among them."""
        nanoseconds = 0
        for one in self._served:
            threads = list(Path(f"/proc/{one.pid}/task").glob("*/schedstat"))
            if not threads:
                # Not Linux: by the coarser clock of the system.
                return sum(sum(each.cpu_times()[:2]) for each in self._served)
            nanoseconds += sum(int(thread.read_text(encoding="ascii").split()[0]) for thread in threads)
        return nanoseconds / 1e9

    def of(self, call: Callable[[], object]) -> tuple[float, float]:
        """Milliseconds: of the server's processor, by the wall."""
        before, began = self._processor(), time.perf_counter()
        call()
        wall = time.perf_counter() - began
        return 1000 * (self._processor() - before), 1000 * wall


def late(times: Sequence[float], part: float) -> float:
    """The percentile."""
    return sorted(times)[math.ceil(part * len(times)) - 1]


class House:
    """The served house, its database read past all of its code, and the addresses of its contest."""

    def __init__(self, folder: Path, drawn: Path, kept: dict[str, Any]) -> None:
        self.folder, self.drawn, self.kept = folder, drawn, kept
        self.room = f"/congresses/{kept['congress']}/counting/{kept['contest']}/"
        self._database = f"{(folder / 'daihoi.sqlite3').as_uri()}?mode=ro"

    def row(self, question: str, *given: object) -> tuple[Any, ...]:
        """The first row of an answer."""
        with closing(sqlite3.connect(self._database, uri=True, timeout=30)) as asked:
            found = asked.execute(question, given).fetchone()
        return tuple(found or ())

    def begin(self, by: Person, way: str) -> str:
        """Begin a count; gives its key."""
        page = by.page(self.room)
        by.post(f"{self.room}begin/", {"way": way, "csrfmiddlewaretoken": token_in(page.encode())})
        return str(self.row("SELECT key FROM counting_count ORDER BY id DESC LIMIT 1")[0])

    def scans(self, count: str) -> Path:
        """The watched folder of a count."""
        return self.folder / "counts" / count / "scans"

    def at_rest(self, count: str, ballots: int | None = None) -> bool:
        """Whether the result (of so many ballots) stands where pages read it, with nothing left to be read."""
        asked = (
            "SELECT p.ballots, p.unread, p.settled, p.result, p.problem FROM counting_progress p "
            "JOIN counting_count c ON c.id = p.count_id WHERE c.key = ?"
        )
        read, unread, settled, result, problem = self.row(asked, count)
        if problem not in (None, "", "null"):
            raise SystemExit(f"the reader says: {problem}")
        return bool(settled and not unread and read == (ballots or read) and json.loads(result or "{}").get("tally"))

    def questions(self, count: str) -> int:
        """How many questions the board is asked."""
        asked = "SELECT count(*) FROM counting_question q JOIN counting_count c ON c.id = q.count_id WHERE c.key = ?"
        return int(self.row(asked, count)[0])


def until(ready: Callable[[], bool], what: str, pause: float = 0.01) -> float:
    """Wait; gives the moment (monotonic) when it was so."""
    gone = time.monotonic() + PATIENCE
    while not ready():
        if time.monotonic() > gone:
            raise SystemExit(f"not within {PATIENCE:.0f} s: {what}")
        time.sleep(pause)
    return time.monotonic()


def feed(house: House, count: str, kind: str, sheets: Sequence[list[str]], pause: float, prefix: str = "") -> float:
    """Sheets into the watched folder as a scanner writes them; gives the moment after the last byte."""
    into, at = house.scans(count), time.monotonic()
    into.mkdir(parents=True, exist_ok=True)
    for pages in sheets:
        time.sleep(max(0.0, at + pause - time.monotonic()))
        at = time.monotonic()
        for name in pages:
            (into / f"{prefix}{name}").write_bytes((house.drawn / kind / name).read_bytes())
    return time.monotonic()


def count_of_record(house: House, teller: Person, told: Told, a_minute: float) -> str:
    """Count A, sheet by sheet."""
    count = house.begin(teller, "scanned")
    sheets = house.kept["pages"]["clean"]
    began = time.monotonic()
    last = feed(house, count, "clean", sheets, 60 / a_minute)
    seconds = until(lambda: house.at_rest(count, len(sheets)), "the result") - last
    print(web_clock.load())
    asked = house.questions(count)
    told.say("questions that the clean ballots raised (none wanted)", str(asked), held=asked == 0)
    told.say(
        "from the last sheet to the standing result", f"{seconds:.2f} s", f"{STANDS_SECONDS} s",
        held=seconds <= STANDS_SECONDS,
    )  # fmt: skip
    told.say(
        f"whole count of {len(sheets)} ballots of {house.kept['names']} names, one computer",
        f"{(last + seconds - began) / 60:.1f} min", BEFORE,
    )  # fmt: skip
    return count


@contextmanager
def looking_on(house: House, count: str, cookies: Sequence[str], asked: list[int]) -> Iterator[None]:
    """Ten browsers on live pages for as long as this lasts, each asking every second with the tag of what it has."""
    over = threading.Event()
    screen = house.row("SELECT key FROM hall_screen LIMIT 1")[0]
    pages = [f"{house.room}counts/{count}/?part=1", f"/congresses/{house.kept['congress']}/screens/{screen}/?part=1"]

    async def one(place: int) -> None:
        browser = live.Browser(PORT, cookies[place % len(cookies)])
        # Eight of the room, two of the hall.
        address, tag = pages[place % 5 == 4], ""
        await asyncio.sleep(place * EVERY / BROWSERS)
        while not over.is_set():
            began = time.monotonic()
            status, headers, _body = await browser.ask("GET", address, **({"If_None_Match": tag} if tag else {}))
            if status not in {200, 304}:
                raise SystemExit(f"{address} was answered with {status}")
            tag, asked[0] = headers.get("etag", ""), asked[0] + 1
            await asyncio.sleep(max(0.0, EVERY - (time.monotonic() - began)))
        browser.close()

    async def every() -> None:
        await asyncio.gather(*(one(place) for place in range(BROWSERS)))

    thread = threading.Thread(target=lambda: asyncio.run(every()))
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(30)


def pages_read(house: House, count: str) -> int:
    """Pages that the ledger of a count says were read."""
    ledger = house.folder / "counts" / count / "count" / "ledger.jsonl"
    if not ledger.is_file():
        return 0
    held = ledger.read_bytes()
    return held.count(b'"kind":"page.read"') + held.count(b'"kind":"page.refused"')


def browsers_cost(house: House, people: Sequence[Person], told: Told, blocks: int) -> str:
    """Count B: the same ballots in blocks, by turns alone and with ten browsers looking on."""
    count = house.begin(people[0], "scanned")
    sheets = house.kept["pages"]["clean"]
    cookies = ["; ".join(f"{name}={value}" for name, value in one.cookies.items()) for one in people]
    size, asked = len(sheets) // blocks, [0]
    rates: dict[bool, list[float]] = {False: [], True: []}
    seen, with_them = 0.0, 0.0
    for block in range(blocks):
        part = sheets[block * size : (block + 1) * size]
        # Alone, with, with, alone: what grows with the count falls on both.
        watched = block % 4 in {1, 2}
        before, wanted = pages_read(house, count), sum(len(pages) for pages in part)
        began = time.monotonic()
        with looking_on(house, count, cookies, asked) if watched else _nobody():
            feed(house, count, "clean", part, 0.0)
            done = until(lambda goal=before + wanted: pages_read(house, count) >= goal, "a block", 0.02)  # type: ignore[misc]
        rates[watched].append(wanted / (done - began))
        seen, with_them = seen + watched, with_them + (done - began) * watched
    alone, beside = (sum(rates[kind]) / max(1, len(rates[kind])) for kind in (False, True))
    cost = 1 - beside / alone
    told.say("pages/s of the reader, nobody looking on", f"{alone:.1f}")
    told.say(f"pages/s of the reader, {BROWSERS} browsers on live pages", f"{beside:.1f}")
    told.say(
        f"what they cost it ({asked[0] / max(0.1, with_them):.1f} answers/s)", f"{100 * cost:.1f} %",
        f"{100 * COST:.0f} %", held=cost < COST,
    )  # fmt: skip
    return count


@contextmanager
def _nobody() -> Iterator[None]:
    yield


def table_of_the_board(house: House, count: str, teller: Person, spent: Spent, told: Told) -> None:
    """Ballots full of mistakes: each question is answered by its first key, and the next page comes."""
    sheets = house.kept["pages"]["doubtful"]
    wanted = pages_read(house, count) + sum(len(pages) for pages in sheets)
    feed(house, count, "doubtful", sheets, 0.0, prefix="x-")
    # By pages, not by ballots: a refused one is a question too.
    until(lambda: pages_read(house, count) >= wanted and house.at_rest(count), "the doubtful ballots", 0.1)
    address = f"{house.room}counts/{count}/table/"
    times: list[tuple[float, float]] = []
    pictures: list[tuple[float, float]] = []
    page = teller.page(address)
    while (number := re.search(r'name="question" value="(\d+)"', page)) and len(times) < 200:
        word = re.search(r'name="word" value="([^"]+)"', page)
        if word is None:
            break
        given = {"question": number[1], "word": word[1], "csrfmiddlewaretoken": token_in(page.encode())}
        answer: list[str] = []

        def next_page(given: dict[str, str] = given, answer: list[str] = answer) -> None:
            # As table.js asks: the next question is the answer.
            answer.append(teller.post(address, given, part=True)[1].decode())

        times.append(spent.of(next_page))
        page = answer[0]
        shown = re.findall(rf'src="({re.escape(house.room)}[^"]+/questions/[^"]+)"', page)
        pictures += [spent.of(lambda one=one: teller.page_bytes(one)) for one in shown]  # type: ignore[misc]
    if not times:
        told.say("adjudication", "no question was raised", held=False)
        return
    said(told, f"adjudication, page to page, {len(times)} decisions", times, goal=True)
    if pictures:
        said(told, "each picture of a question beside it", pictures)


def said(told: Told, what: str, times: Sequence[tuple[float, float]], *, goal: bool = False) -> None:
    """The middle and the 95th percentile: of the server's processor and by the wall, in ms; the wall is held to."""
    served, wall = [one[0] for one in times], [one[1] for one in times]
    figures = [late(kind, part) for kind in (served, wall) for part in (0.5, 0.95)]
    seen = "{:.0f}/{:.0f} CPU, {:.0f}/{:.0f} ms".format(*figures)
    told.say(what, seen, f"{PAGE_MS:.0f} ms" if goal else "p50/p95", held=not goal or figures[3] <= PAGE_MS)


def every_ballot(house: House, count: str, people: Sequence[Person], spent: Spent, told: Told, most: int) -> None:
    """A person confirms ballots that raised no doubt."""
    teller, head = people[0], people[-1]
    here = f"{house.room}counts/{count}/"
    head.post(f"{here}every/", {"on": "1", "csrfmiddlewaretoken": token_in(head.page(here).encode())})
    address = f"{here}ballots/"
    page, times = teller.page(address), list[tuple[float, float]]()
    while (ballot := re.search(r'name="ballot" value="([^"]+)"', page)) and len(times) < most:
        given = {"ballot": ballot[1], "said": "as_read", "csrfmiddlewaretoken": token_in(page.encode())}
        answer: list[str] = []

        def next_ballot(given: dict[str, str] = given, answer: list[str] = answer) -> None:
            teller.post(address, given)
            answer.append(teller.page(address))
            for one in re.findall(rf'src="({re.escape(house.room)}[^"]+/ballots/[^"]+)"', answer[0]):
                teller.page_bytes(one)

        times.append(spent.of(next_ballot))
        page = answer[0]
    if times:
        said(told, f"a person confirms every ballot, {len(times)} of them, with its pages", times)
        a_minute = 60_000 / (sum(one[1] for one in times) / len(times))
        told.say("ballots a minute that the house could show so", f"{a_minute:.0f}", "a person's look comes on top")


def keyed(house: House, people: Sequence[Person], spent: Spent, told: Told, papers: int) -> None:
    """Two people key one pile, alike: what the house takes for a paper."""
    count = house.begin(people[0], "keyed")
    here = f"{house.room}counts/{count}/"
    page = people[0].page(here)
    people[0].post(f"{here}batches/", {"papers": str(papers), "csrfmiddlewaretoken": token_in(page.encode())})
    address = f"{here}keying/1/"
    times: list[tuple[float, float]] = []
    for person in people[:2]:
        page = person.page(address)
        token = token_in(page.encode())
        letter = re.search(r'data-letter="([^"]+)"', page)
        assert letter is not None, "the page of keying has no keys"
        marks = letter[1] * house.kept["names"]
        for number in range(1, papers + 1):
            paper = json.dumps({"number": number, "attempt": 1, "marks": marks, "ground": ""})
            given = {"paper": paper, "csrfmiddlewaretoken": token}
            kept: list[int] = []

            def send(person: Person = person, given: dict[str, str] = given, kept: list[int] = kept) -> None:
                kept.append(person.post(address, given)[0])

            times.append(spent.of(send))
            if kept != [200]:
                raise SystemExit(f"paper {number} was answered with {kept}")
    said(told, f"keying, the house's part of a paper, {len(times)} papers", times)
    names, mean = house.kept["names"], sum(one[1] for one in times) / len(times) / 1000
    told.say(
        "papers an hour of a script that types without a pause", f"{3600 / mean:.0f}",
        f"at 4 keys/s {3600 / (names / 4 + mean):.0f} by reckoning",
    )  # fmt: skip


def play(house: House, told: Told, given: argparse.Namespace) -> None:
    """The whole of it, into a house that is served."""
    with closing(socket.socket()) as asked:
        if asked.connect_ex(("127.0.0.1", PORT)) == 0:
            raise SystemExit(f"port {PORT} is taken: another house would be measured.")
    process = check_in.served(house.folder, PORT, {**os.environ, "DAIHOI_DATA": str(house.folder)}, tries=1500)
    try:
        until(lambda: bool(house.row("SELECT pid FROM counting_reader WHERE beat_at IS NOT NULL")), "the reader")
        spent = Spent(process.pid, int(house.row("SELECT pid FROM counting_reader")[0]))
        people = [Person(name) for name in ("an", "binh", "yen")]
        first = count_of_record(house, people[0], told, given.sheets)
        second = browsers_cost(house, people, told, BLOCKS)
        table_of_the_board(house, second, people[0], spent, told)
        every_ballot(house, first, people, spent, told, given.looks)
        keyed(house, people, spent, told, given.keyed)
    finally:
        process.terminate()
        process.wait(30)


def main() -> int:
    """Play, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", type=Path, required=True, help="where the house and its drawn ballots are kept")
    asked.add_argument("--ballots", type=int, default=500)
    asked.add_argument("--names", type=int, default=70)
    asked.add_argument("--sheets", type=float, default=60, help="a minute")
    asked.add_argument("--looks", type=int, default=60, help="ballots that a person confirms")
    asked.add_argument("--keyed", type=int, default=50, help="papers of the pile that two people key")
    asked.add_argument("--quick", action="store_true", help="12 ballots of 12 names, fed fast")
    given = asked.parse_args()
    if given.quick:
        given.ballots, given.names, given.sheets, given.looks, given.keyed = 12, 12, 120, 5, 5
    print(f"daihoi {__version__}, Python {platform.python_version()}, {web_clock.load()}")
    data = given.data.resolve()
    kept = election_house.kept(data, given.ballots, given.names)
    told = Told()
    with tempfile.TemporaryDirectory(prefix="played-", dir=data, ignore_cleanup_errors=True) as place:
        folder = Path(place) / "house"
        shutil.copytree(data / "house", folder)
        sides = "one side" if kept["sides"] == 1 else "two sides"
        print(f"{given.ballots} ballots of {given.names} names, {sides}, {given.sheets:.0f} sheets a minute")
        play(House(folder, data, kept), told, given)
    print(f"{web_clock.load()}; " + (f"missed: {'; '.join(told.missed)}" if told.missed else "every goal held"))
    return 1 if told.missed else 0


if __name__ == "__main__":
    sys.exit(main())
