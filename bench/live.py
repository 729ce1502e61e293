"""300 open live pages while 4 stations check people in: how long each kind of answer takes, load generator included.

    python bench/live.py [--pages 300] [--stations 4] [--seconds 60] [--every 5] [--pause 2] [--delegates 1000]

`daihoi serve` runs in a process of its own; this one plays the browsers, each on a connection of its own. A page asks
again every `--every` seconds with the ETag of what it shows, half of them the page of the board and half the screen of
the hall; a station scans a badge, waits for the answer, and pauses. Prints answers, errors and the 50th, 95th and 99th
percentile by the clock on the wall. Exit code 1 where an answer was wrong or the 95th percentile is over the limit.
DATABASE_URL measures PostgreSQL instead of SQLite.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import os
import random
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import check_in
import web_clock

LIMIT = 300
"""Milliseconds that 95 of 100 answers may take."""
PORT = 8157


@dataclass
class Told:
    """What was measured: milliseconds by kind of answer, and what went wrong."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)


class Browser:
    """One connection that is kept, and the cookies of one sign-in."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.cookie = port, cookie
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """One request on the connection, which is opened where there is none."""
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Cookie: {self.cookie}"]
        lines += [f"Content-Length: {len(body)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        await writer.drain()
        status = int((await reader.readline()).split()[1])
        told: dict[str, str] = {}
        while (line := (await reader.readline()).decode().strip()) != "":
            name, _colon, value = line.partition(":")
            told[name.strip().lower()] = value.strip()
        if status == 304:
            return status, told, b""
        if told.get("transfer-encoding") == "chunked":
            return status, told, await self._chunks(reader)
        return status, told, await reader.readexactly(int(told.get("content-length", "0")))

    async def _chunks(self, reader: asyncio.StreamReader) -> bytes:
        whole = b""
        while size := int(await reader.readline(), 16):
            whole += (await reader.readexactly(size + 2))[:-2]
        await reader.readline()
        return whole

    def close(self) -> None:
        """Hang up."""
        if self.streams is not None:
            self.streams[1].close()


async def page(browser: Browser, address: str, every: float, until: float, told: Told) -> None:
    """One open live page."""
    await asyncio.sleep(random.random() * every)  # as the script of the page spreads them
    tag = ""
    while time.monotonic() < until:
        began = time.perf_counter()
        status, headers, _body = await browser.ask("GET", address, **({"If_None_Match": tag} if tag else {}))
        took = 1000 * (time.perf_counter() - began)
        tag = headers.get("etag", "")
        told.times[f"page {status}"].append(took)
        if status not in {200, 304}:
            told.wrong.append(f"{address}: {status}")
        await asyncio.sleep(max(0.0, every - took / 1000))
    browser.close()


async def station(browser: Browser, address: str, codes: list[str], pause: float, until: float, told: Told) -> None:
    """One station: people enter one after the other, and leave again when all are in."""
    _status, _headers, body = await browser.ask("GET", address)
    token, way = json.loads(body)["token"], "in"
    while time.monotonic() < until:
        for code in codes:
            if time.monotonic() >= until:
                break
            scan = {"code": code, "nonce": secrets.token_hex(16), "way": way, "age": 0, "station": "Bàn"}
            sent = json.dumps({"scans": [scan]}).encode()
            began = time.perf_counter()
            status, _headers, body = await browser.ask(
                "POST", address, sent, Content_Type="application/json", X_CSRFToken=token
            )
            told.times[f"scan {status}"].append(1000 * (time.perf_counter() - began))
            if status != 200 or json.loads(body)["answers"][0]["answer"] not in {"welcome", "goodbye"}:
                told.wrong.append(f"scan: {status} {body[:200]!r}")
            await asyncio.sleep(pause)
        way = "out" if way == "in" else "in"
    browser.close()


def signed_in(port: int) -> str:
    """The cookies of somebody who signs in as a person does."""
    one = check_in.Station(port, 0)
    one.sign_in()
    one.connection.close()
    return "; ".join(f"{name}={value}" for name, value in one.cookies.items())


async def played(given: argparse.Namespace, door: str, codes: list[str], told: Told) -> None:
    """All browsers at once."""
    congress, session = door.split("/")[2], door.split("/")[4]
    live = [f"/congresses/{congress}/{kind}/{session}/?part=1" for kind in ("attendance", "screen")]
    # Ten people sign in; several screens hang on each, as in a hall.
    cookies = [signed_in(PORT) for _person in range(10)]
    until = time.monotonic() + given.seconds
    pages = [
        page(Browser(PORT, cookies[place % 10]), live[place % 2], given.every, until, told)
        for place in range(given.pages)
    ]
    stations = [
        station(Browser(PORT, signed_in(PORT)), door, codes[place :: given.stations], given.pause, until, told)
        for place in range(given.stations)
    ]
    await asyncio.wait_for(asyncio.gather(*pages, *stations), given.seconds + 120)


def prepared(folder: Path, delegates: int) -> tuple[str, list[str]]:
    """A house with one congress, whose doorkeeper also sees the live pages."""
    door, codes = check_in.prepared(folder, delegates)
    from daihoi.web.accounts import services as accounts  # noqa: PLC0415 -- Django was set up just now
    from daihoi.web.accounts.choices import Role  # noqa: PLC0415
    from daihoi.web.accounts.models import Grant, User  # noqa: PLC0415

    user = User.objects.get(username="door")
    unit = Grant.objects.get(user=user).organisation
    accounts.grant(user=user, role=Role.CREDENTIALS, by="bench", organisation=unit)
    return door, codes


def report(told: Told, seconds: float) -> bool:
    """Print the table; gives whether all was right and fast enough."""
    print(f"{'answer':12}{'number':>8}{'per s':>8}{'p50 ms':>9}{'p95':>8}{'p99':>8}{'most':>8}")
    every = [one for times in told.times.values() for one in times]
    for name, times in [*sorted(told.times.items()), ("all", every)]:
        times.sort()
        cells = "".join(f"{times[math.ceil(part * len(times)) - 1]:8.0f}" for part in (0.5, 0.95, 0.99, 1.0))
        print(f"{name:12}{len(times):8}{len(times) / seconds:8.1f} {cells}")
    late = every[math.ceil(0.95 * len(every)) - 1] if every else math.inf
    print(f"{len(told.wrong)} wrong; 95th percentile {late:.0f} ms of at most {LIMIT}; {web_clock.load()}")
    for line in told.wrong[:5]:
        print(line)
    return not told.wrong and late <= LIMIT


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--stations", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--every", type=float, default=5)
    parser.add_argument("--pause", type=float, default=2)
    parser.add_argument("--delegates", type=int, default=1000)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="daihoi-live-"))
    told = Told()
    try:
        made = subprocess.run(
            [sys.executable, "-c", _PREPARE, str(folder), str(given.delegates)],
            check=True, stdout=subprocess.PIPE, cwd=Path(__file__).parent,
        )  # fmt: skip
        door, codes = json.loads(made.stdout)
        process = check_in.served(folder, PORT, {**os.environ, "DAIHOI_DATA": str(folder)})
        try:
            asyncio.run(played(given, door, codes, told))
        finally:
            process.terminate()
            process.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    raise SystemExit(0 if report(told, given.seconds) else 1)


# In a process of its own: Django and its connections stay out of the one that plays the browsers.
_PREPARE = (
    "import json, pathlib, sys; import live; "
    "print(json.dumps(live.prepared(pathlib.Path(sys.argv[1]), int(sys.argv[2]))))"
)

if __name__ == "__main__":
    main()
