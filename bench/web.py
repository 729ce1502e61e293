"""Server time of every page of the house with a country in it, on SQLite and on PostgreSQL, in one run.

    python bench/web.py --data DIR [--calls 30] [--only PATTERN] [--on sqlite|postgresql] [--url postgres://...]

Fills DIR (once; it is kept for the next run) with the fictional country of `web_data.py`, and a PostgreSQL that is
thrown away afterwards unless `--url` names one; a congress of one province stands in it too. Then asks every address
that answers GET, and lists as people ask them (searched, sorted, far down), as an administrator of all the tree and as
who prepares the congress of one province. Prints of each the middle and the 95th percentile of the server time, the
95th percentile by the clock on the wall, and the queries. Server time is the wall's, less the time in which others held
the cores (`web_clock.py`), so that a shared machine tells the same as a quiet one. Exit code 1 where the 95th
percentile of the server time of a page is longer than its database may take.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import math
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import web_clock
import web_data

# ruff: noqa: PLC0415 -- Django's rooms are imported once the settings stand
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
import throwaway_postgres

GOALS = {"sqlite": 150, "postgresql": 100}
"""Milliseconds that 95 of 100 answers may take."""
WARM_CALLS = 2
# Answers that make a spreadsheet or follow all of the ledger are work that is asked for, not pages.
NO_PAGES = frozenset({"ledger_verify", "sign_out", "join"})
ASKED_OF_LISTS: dict[str, tuple[str, ...]] = {
    "organisations": ("?q=binh+phu", "?q=V07-", "?sort=-name", "?sort=official&page=400", "?page=1000", "?tier=TINH",
                      "?sort=-until"),
    "people": ("?q=nguyen+van", "?q=hung", "?q=nguyen+thi+thu+huong", "?q=zzz", "?q=P0123456", "?sort=-name&page=2",
               "?page=3000", "?sort=post", "?sort=organisation", "?sort=-born", "?sex=female"),
    "search": ("?q=nguyen+van+hung", "?q=binh+phu", "?q=zzz"),
    "ledger": ("?q=import", "?kind=account.invited", "?q=zzz"),
    "people_accounts": ("?q=a",),
    "delegates": ("?q=nguyen+van", "?sort=-name", "?category=elected", "?page=9"),
    "check_in_find": ("?q=nguyen+van",),
}  # fmt: skip


def fill(organisations: int, people: int) -> None:
    """Put the fictional country into an empty database, past the import, which has a measurement of its own."""
    from daihoi.web.members.models import Person
    from daihoi.web.organisations.choices import Kind, Tier
    from daihoi.web.organisations.models import Organisation
    from daihoi.web.organisations.planting import plant

    if Organisation.objects.exists():
        return
    tiers = {"Trung ương": Tier.CENTRAL, "Tỉnh": Tier.PROVINCE, "Trên cơ sở": Tier.ABOVE_GRASSROOTS}
    tree: dict[str, Organisation] = {}
    places: dict[str, int] = {}
    for code, above, name, tier, _kind, official, probationary, place in web_data.organisations(organisations):
        made = Organisation(
            code=code, name=name, tier=tiers.get(str(tier), Tier.GRASSROOTS), kind=Kind.OTHER, place_name=place,
            official_members=official, probationary_members=probationary,
        )  # fmt: skip
        made.refold()
        plant(made, tree.get(str(above)), places)
        tree[str(code)] = made
    Organisation.objects.bulk_create(tree.values(), batch_size=2000)
    lowest = [code for code, one in tree.items() if one.tier in {Tier.GRASSROOTS, Tier.ABOVE_GRASSROOTS}]
    some: list[Person] = []
    for code, name, unit, post, sex, *_rest, is_sitting, _local in web_data.people(lowest, people):
        made_of = Person(
            code=code, full_name=name, organisation=tree[str(unit)], post=post, born="1970-04-30", joined="1995-05-19",
            sex="female" if sex == "Nữ" else "male", is_sitting_member=bool(is_sitting),
        )  # fmt: skip
        made_of.refold()
        some.append(made_of)
        if len(some) == 5000:
            Person.objects.bulk_create(some)
            some.clear()
    Person.objects.bulk_create(some)


def measure(given: argparse.Namespace) -> list[dict[str, Any]]:
    """Fill the database of this environment and ask every page of the house."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "daihoi.web.site.settings"
    os.environ["DAIHOI_HOSTS"] = "testserver"
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    import web_congress

    call_command("migrate", verbosity=0)
    # As the server loads it, with what it says of memory.
    importlib.import_module("daihoi.web.site.wsgi")
    fill(given.organisations, given.people)
    web_congress.convened(_province())
    with connection.cursor() as cursor:
        # As autovacuum does by itself, a minute after a load.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        cursor.execute("SELECT pg_backend_pid()" if connection.vendor == "postgresql" else "SELECT 0")
        clock = web_clock.Clock(cursor.fetchone()[0])
    told = []
    for name, client in _people().items():
        for address, called in _addresses(name):
            if re.search(given.only, called):
                told.append({"who": name, "address": called, **_asked(client, address, given.calls, clock)})
    print(f"{connection.vendor}: {web_clock.load()}", "" if clock.counts else ", by the wall", file=sys.stderr)
    return told


def _province() -> Any:
    """The one whose pages are asked for."""
    from daihoi.web.organisations.models import Organisation

    return Organisation.objects.filter(depth=2).order_by("path")[3]


def _people() -> dict[str, Any]:
    """Two browsers: of the administrator, and of who sees one province."""
    from django.test import Client

    from daihoi.web.accounts import services
    from daihoi.web.accounts.choices import Role
    from daihoi.web.accounts.models import User

    key = _province().key
    roles = {
        "all": [(Role.ADMINISTRATOR, "")],
        "province": [(Role.ORGANISATION_COMMISSION, key), (Role.CONVENING, key), (Role.CREDENTIALS, key)],
    }
    clients = {}
    for name, given in roles.items():
        user = User.objects.filter(username=f"bench-{name}").first() or services.create_user(
            username=f"bench-{name}", full_name="Người Đo", password="một mật khẩu dài"
        )
        for role, organisation in given:
            services.grant(user=user, role=role, by="bench", organisation=organisation)
        clients[name] = Client()
        clients[name].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return clients


def _addresses(who: str) -> Iterator[tuple[str, str]]:
    """All addresses that may be asked for by GET, as they are and as they are told; and more asked of lists."""
    from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

    def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
        for one in resolver.url_patterns:
            yield from patterns(one) if isinstance(one, URLResolver) else [one]

    for one in patterns(get_resolver()):
        for known in _known(who):
            if one.name in NO_PAGES or not set(one.pattern.converters) <= set(known):
                continue
            with contextlib.suppress(NoReverseMatch):
                address = reverse(str(one.name), args=[known[part] for part in one.pattern.converters])
                # Keys are drawn by chance: the same page has another address in the other database.
                called = f"{one.pattern} [{known['place']}]" if one.pattern.converters else str(one.pattern)
                yield from (
                    (address + asked, "/" + called + asked) for asked in ("", *ASKED_OF_LISTS.get(str(one.name), ()))
                )
            if not one.pattern.converters:
                break


def _known(who: str) -> list[dict[str, object]]:
    """What can stand in an address: of a province and of a grassroots organisation in it."""
    import web_congress
    from daihoi.web.accounts.models import User
    from daihoi.web.members.models import Person
    from daihoi.web.organisations.models import Organisation

    province = _province()
    branch = Organisation.objects.filter(path__startswith=province.path, numchild=0).order_by("path")[7]
    top = Organisation.objects.filter(depth=1).order_by("path").first()
    person = Person.objects.filter(organisation__path__startswith=province.path).order_by("pk").first()
    user = User.objects.get(username=f"bench-{who}")
    known: list[dict[str, object]] = [
        {"key": place.key, "person": person.key if person else "", "pk": user.pk, "place": said}
        for place, said in ((province, "a province"), (branch, "a branch"))
    ]
    known[0] |= web_congress.in_addresses(web_congress.convened(province))
    return [*known, *([{"key": top.key, "place": "the top"}] if who == "all" and top else [])]


def _asked(client: Any, address: str, calls: int, clock: web_clock.Clock) -> dict[str, Any]:
    """Times in ms and queries of an answer; the first calls warm what a process keeps."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _call in range(WARM_CALLS):
        answer = client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    # The next request empties what was kept of these.
    queries = asked.captured_queries
    times = [clock.of(lambda: client.get(address)) for _call in range(calls)]
    served, by_wall = sorted(one[0] for one in times), sorted(one[1] for one in times)
    late = math.ceil(0.95 * calls) - 1
    slow = max(queries, key=lambda one: float(one["time"]), default={"sql": "", "time": "0"})
    return {
        "status": answer.status_code,
        "queries": len(queries),
        "p50": statistics.median(served),
        "p95": served[late],
        "wall": by_wall[late],
        "slowest": f"{slow['time']} s {slow['sql'][:2000]}",
    }


def report(found: dict[str, list[dict[str, Any]]], most: int) -> bool:
    """Print the table, the slowest first; gives whether every page of every database is fast enough."""
    names = list(found)
    rows: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
    for name, told in found.items():
        for one in told:
            rows.setdefault((one["who"], one["address"]), {})[name] = one
    order = sorted(rows, key=lambda key: -max(one["p95"] for one in rows[key].values()))
    print(f"{'who':9}{'address':68}" + "".join(f"{name:>12} p50    p95   wall queries" for name in names))
    for key in order[: most or None]:
        cells = "".join(
            f"{one['p50']:16.1f}{one['p95']:7.1f}{one['wall']:7.1f}{one['queries']:8}" for one in rows[key].values()
        )
        status = next(iter(rows[key].values()))["status"]
        print(f"{key[0]:9}{key[1][:67]:68}{cells}" + ("" if status == 200 else f"   {status}"))
    good = any(found.values())
    for name, told in found.items():
        if not told:
            print(f"{name}: no page was asked for")
            continue
        within = [one for one in told if one["p95"] <= GOALS[name]]
        good = good and len(within) == len(told)
        worst = max(one["p95"] for one in told)
        print(
            f"{name}: {len(within)} of {len(told)} within {GOALS[name]} ms of server time at the 95th percentile, "
            f"worst {worst:.1f}; by the wall {sum(one['wall'] <= GOALS[name] for one in told)}, "
            f"worst {max(one['wall'] for one in told):.1f}"
        )
    return good


def run_on(url: str, data: Path, given: argparse.Namespace) -> list[dict[str, Any]]:
    """Fill and measure one database, in a process of its own."""
    os.environ["DATABASE_URL"] = url
    os.environ["DAIHOI_DATA"] = str(data)
    asked = {
        "--data": data, "--calls": given.calls, "--organisations": given.organisations, "--people": given.people,
        "--only": given.only,
    }  # fmt: skip
    command = [sys.executable, __file__, "--measure", *(str(part) for pair in asked.items() for part in pair)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    told: list[dict[str, Any]] = json.loads(done.stdout)
    return told


def main() -> None:
    """Measure both databases and print one table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", type=Path, required=True)
    asked.add_argument("--organisations", type=int, default=web_data.ORGANISATIONS)
    asked.add_argument("--people", type=int, default=web_data.PEOPLE)
    asked.add_argument("--calls", type=int, default=30)
    asked.add_argument("--url", default="", help="a PostgreSQL that is kept, instead of one that is thrown away")
    asked.add_argument("--only", default="", help="only addresses that this regular expression finds")
    asked.add_argument("--on", choices=["sqlite", "postgresql"], default="", help="only this database")
    asked.add_argument("--rows", type=int, default=0, help="how many rows of the table, the slowest; 0 all")
    asked.add_argument("--slowest", action="store_true", help="print the slowest query of each page that is too slow")
    asked.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.measure:
        json.dump(measure(given), sys.stdout)
        return
    given.data = given.data.resolve()
    found = {"sqlite": run_on("", given.data / "sqlite", given)} if given.on != "postgresql" else {}
    try:
        if given.on == "sqlite":
            raise throwaway_postgres.NoPostgresError("SQLite alone was asked for")
        with contextlib.nullcontext(given.url) if given.url else throwaway_postgres.cluster() as url:
            found["postgresql"] = run_on(url, given.data / "postgresql", given)
    except throwaway_postgres.NoPostgresError as error:
        print(f"Not measured on PostgreSQL: {error}.")
    good = report(found, given.rows)
    if given.slowest:
        for name, told in found.items():
            for one in told:
                if one["p95"] > GOALS[name]:
                    print(f"\n{name} {one['address']}: {one['slowest']}")
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()
