"""How many scans a second the check-in takes, end to end: `daihoi serve` in a process of its own, stations over HTTP.

Usage: python bench/check_in.py [--stations 4] [--delegates 1000]. Every scan is one POST that waits for its answer,
as a station does; the table tells scans per second and how long one takes, load generator included.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import secrets
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

PASSWORD = "mat khau cua ban diem danh"
PORT = 8155


class Station:
    """One browser at the door: signed in, one connection, one scan at a time."""

    def __init__(self, port: int, number: int) -> None:
        self.port, self.name = port, f"Bàn {number}"
        self.cookies: dict[str, str] = {}
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> tuple[int, bytes]:
        """One request; cookies are kept."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body.encode(), {"Cookie": cookie, **headers})
        answer = self.connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        return answer.status, answer.read()

    def sign_in(self) -> None:
        """By the page, as a person does."""
        _status, page = self.ask("GET", "/sign-in/")
        token = page.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        form = f"csrfmiddlewaretoken={token}&username=door&password={PASSWORD.replace(' ', '+')}"
        status, _page = self.ask("POST", "/sign-in/", form, **{"Content-Type": "application/x-www-form-urlencoded"})
        if status != 302:
            raise SystemExit(f"signing in was answered with {status}")

    def token(self, address: str) -> str:
        """The token that a scan carries."""
        return str(json.loads(self.ask("GET", address)[1])["token"])

    def scan(self, address: str, token: str, code: str, nonce: str = "") -> tuple[int, dict[str, Any]]:
        """One scan, and the answer."""
        nonce = nonce or secrets.token_hex(16)
        body = json.dumps({"scans": [{"code": code, "nonce": nonce, "way": "in", "age": 0, "station": self.name}]})
        status, answer = self.ask("POST", address, body, **{"Content-Type": "application/json", "X-CSRFToken": token})
        return status, json.loads(answer) if status == 200 else {}


def prepared(folder: Path, delegates: int) -> tuple[str, list[str]]:
    """A house with one congress; the address of its door and the codes of its badges."""
    os.environ |= {"DAIHOI_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "daihoi.web.site.settings"}
    from daihoi.web.site.serving import open_house  # noqa: PLC0415 -- settings are read when this is imported

    open_house()
    from django.utils import timezone  # noqa: PLC0415

    from daihoi.web.accounts import services as accounts  # noqa: PLC0415
    from daihoi.web.accounts.choices import Role  # noqa: PLC0415
    from daihoi.web.congresses import services  # noqa: PLC0415
    from daihoi.web.congresses.choices import Category, SessionKind  # noqa: PLC0415
    from daihoi.web.congresses.models import Delegate  # noqa: PLC0415
    from daihoi.web.members.models import Person  # noqa: PLC0415
    from daihoi.web.organisations import services as organisations  # noqa: PLC0415
    from daihoi.web.organisations.choices import Kind, Tier  # noqa: PLC0415

    unit = organisations.found(
        parent=None, by="bench", name="Đảng bộ tỉnh", code="T", tier=Tier.PROVINCE, kind=Kind.PROVINCE
    )
    term = organisations.set_term(label="2025-2030", profile="3_cap", labels={}, by="bench")
    congress = services.plan(organisation=unit, term=term, by="bench")
    session = services.add_session(
        congress=congress, kind=SessionKind.OFFICIAL, name="Phiên", starts_at=timezone.now(), by="bench"
    )
    people = [Person(full_name=f"Nguyễn Văn {number}", organisation=unit) for number in range(delegates)]
    for one in people:
        one.refold()
    Person.objects.bulk_create(people)
    found = Delegate.objects.bulk_create(
        Delegate(congress=congress, person=one, unit=unit, category=Category.ELECTED) for one in people
    )
    user = accounts.create_user(username="door", full_name="Bàn", password=PASSWORD)
    accounts.grant(user=user, role=Role.CHECK_IN, by="bench", organisation=unit.key, congress=congress.key)
    return f"/congresses/{congress.key}/check-in/{session.pk}/pass/", [one.code for one in found]


def served(
    folder: Path, port: int, environment: dict[str, str] | None = None, tries: int = 300
) -> subprocess.Popen[bytes]:
    """`daihoi serve` as the head of a group of processes, ready to answer; asked up to five times a second."""
    command = [
        sys.executable,
        "-c",
        "from daihoi.cli.main import run; run()",
        "serve",
        "--data",
        str(folder),
        "--port",
        str(port),
    ]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    for _try in range(tries):
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                connection.request("GET", "/health/")
                if connection.getresponse().status == 200:
                    return process
        except OSError:
            time.sleep(0.2)
    # The whole group: a server that opens later would answer in the place of the next one.
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    raise SystemExit("the house did not open")


def work(station: Station, address: str, codes: list[str], times: list[float], wrong: list[str]) -> None:
    """All scans of one station."""
    token = station.token(address)
    for code in codes:
        begun = time.perf_counter()
        status, told = station.scan(address, token, code)
        times.append(time.perf_counter() - begun)
        if status != 200 or told["answers"][0]["answer"] != "welcome":
            wrong.append(f"{status} {told}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stations", type=int, default=4)
    parser.add_argument("--delegates", type=int, default=1000)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="daihoi-check-in-"))
    try:
        address, codes = prepared(folder, asked.delegates)
        process = served(folder, PORT)
        try:
            stations = [Station(PORT, number + 1) for number in range(asked.stations)]
            for one in stations:
                one.sign_in()
            times: list[float] = []
            wrong: list[str] = []
            threads = [
                threading.Thread(target=work, args=(one, address, codes[place :: asked.stations], times, wrong))
                for place, one in enumerate(stations)
            ]
            begun = time.perf_counter()
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            took = time.perf_counter() - begun
        finally:
            process.terminate()
            process.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    times.sort()
    print(f"{len(times)} scans at {asked.stations} stations in {took:.1f} s: {len(times) / took:.1f} scans per second")
    print(
        f"one scan: median {1000 * statistics.median(times):.0f} ms, "
        f"95th percentile {1000 * times[int(0.95 * len(times))]:.0f} ms, longest {1000 * times[-1]:.0f} ms; "
        f"{len(wrong)} not answered with welcome"
    )
    if wrong:
        raise SystemExit(wrong[0])


if __name__ == "__main__":
    main()
