"""The house of `election_day.py`: a congress whose box was opened, and pages of its ballots as a scanner gives them.

Drawn once and kept: the form secret stands in the codes of every page, so house and pages belong together.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from committee import SCAN_DPI, mostly, names_of

# ruff: noqa: PLC0415 -- Django's rooms are imported once the settings stand
if TYPE_CHECKING:
    from daihoi.simulation.sheets import Job

PASSWORD = "mat khau cua ban kiem phieu"
TELLERS = ("Lò Văn An", "Hà Thị Yến")
PEOPLE = {"an": "COUNTING", "binh": "COUNTING", "yen": "COUNTING_HEAD", "chu": "PRESIDIUM"}
DOUBTFUL = 40
"""Ballots of which every one bears a mistake of the pen, for the table of the board."""
SEED = 2026
KEPT = "kept.json"


def kept(folder: Path, ballots: int, names: int) -> dict[str, Any]:
    """What stands in the folder, made where it does not: keys, and the names of the pages of each sheet."""
    note = folder / KEPT
    if note.is_file():
        held: dict[str, Any] = json.loads(note.read_text(encoding="utf-8"))
        if (held["ballots"], held["names"]) == (ballots, names):
            return held
        raise SystemExit(f"{folder} holds {held['ballots']} ballots of {held['names']} names; give another --data.")
    folder.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "DAIHOI_DATA": str(folder / "house")}
    asked = [sys.executable, __file__, str(folder), str(ballots), str(names)]
    # In a process of its own: Django and its connections stay out of the one that plays the browsers.
    subprocess.run(asked, check=True, cwd=Path(__file__).parent, env=environment)
    made: dict[str, Any] = json.loads(note.read_text(encoding="utf-8"))
    return made


def make(folder: Path, ballots: int, names: int) -> None:
    """The house and its pages; the note is written last."""
    from daihoi.web.site.serving import open_house

    open_house()
    contest = _opened(ballots, names)
    from daihoi.papers.render import rasters
    from daihoi.simulation.run import Order, job_of
    from daihoi.simulation.voters import Habits
    from daihoi.web.elections.services import ballots as papers

    form = contest.forms.get()
    prepared = papers.write_form(form)
    drawn = rasters(prepared.pdf, 300)
    clean = Habits(mistakes=0.0, defects=0.0, specks=0.0)
    careless = Habits(mistakes=1.0, defects=0.0, specks=0.0)
    pages = {}
    for name, number, seed, habits in (
        ("clean", ballots, SEED, clean),
        ("doubtful", min(DOUBTFUL, ballots), SEED + 1, careless),
    ):
        order = Order(contest.seats, number, seed, "office", SCAN_DPI, habits=habits)
        job = job_of(prepared.plan, drawn, 300, order)
        (folder / name).mkdir(exist_ok=True)
        # The first process alone draws two a second: the machine has more.
        with ProcessPoolExecutor(os.cpu_count(), initializer=_take, initargs=(job, folder / name)) as pool:
            pages[name] = list(pool.map(_draw, range(1, number + 1), chunksize=4))
    told = {
        "ballots": ballots,
        "names": names,
        "sides": len(prepared.plan.pages),
        "congress": contest.sitting.congress.key,
        "contest": contest.key,
        "pages": pages,
    }
    (folder / KEPT).write_text(json.dumps(told), encoding="utf-8")


_at_work: list[Any] = []


def _take(job: Job, into: Path) -> None:
    _at_work[:] = [job, into]


def _draw(number: int) -> list[str]:
    from daihoi.simulation.encode import files_of
    from daihoi.simulation.sheets import draw_sheet
    from daihoi.simulation.terms import Format

    job, into = _at_work
    names = []
    for name, data in files_of(draw_sheet(job, number).pages, f"{number:04d}", Format.JPEG):
        (into / name).write_bytes(data)
        names.append(name)
    return names


def _opened(ballots: int, names: int) -> Any:
    """A congress of `ballots` delegates who have voted on `names` people; the papers lie on the table."""
    from daihoi.web.elections.choices import HandSubject, Office, SittingKind, Source
    from daihoi.web.elections.services import ballots as papers
    from daihoi.web.elections.services import lists, sittings

    congress, people = _congress(max(ballots, names + 3), names)
    sitting = sittings.open_sitting(congress=congress, kind=SittingKind.CONGRESS, by="bench", chair=TELLERS[0])
    contest = lists.add_contest(
        sitting=sitting, office=Office.COMMITTEE, title="Bầu Ban Chấp hành Đảng bộ huyện", seats=mostly(names),
        by="bench",
    )  # fmt: skip
    lists.nominate_many(contest=contest, people=people, source=Source.PREPARED, by="bench")
    members = congress.delegates.count()
    cards = {"present": members, "agree": members, "against": 0, "other": 0}
    for subject in (HandSubject.NUMBER, HandSubject.LIST):
        lists.vote_by_cards(contest=contest, subject=subject, cards=cards, by="bench")
    contest = lists.close_list(contest=contest, by="bench")
    form = papers.make_form(contest=contest, by="bench")
    papers.note_print_job(form=form, copies=ballots + 1, reason="", by="bench")
    contest.refresh_from_db()
    contest = papers.issue_ballots(contest=contest, present=ballots, issued=ballots, tellers=TELLERS, by="bench")
    return papers.collect_ballots(contest=contest, collected=ballots, unused=1, tellers=TELLERS, by="bench")


def _congress(voters: int, names: int) -> tuple[Any, list[Any]]:
    from datetime import date

    from daihoi.web.accounts import services as accounts
    from daihoi.web.accounts.choices import Role
    from daihoi.web.congresses import freezing
    from daihoi.web.congresses import services as congresses
    from daihoi.web.congresses.choices import BodyKind, BodyPost, Category
    from daihoi.web.congresses.models import Delegate
    from daihoi.web.hall.services import screens
    from daihoi.web.members.models import Person
    from daihoi.web.organisations import services as organisations
    from daihoi.web.organisations.choices import Kind, Tier

    unit = organisations.found(
        parent=None, by="bench", name="Đảng bộ huyện Nà Lương", code="NL", tier=Tier.ABOVE_GRASSROOTS,
        kind=Kind.DISTRICT,
    )  # fmt: skip
    term = organisations.set_term(label="2025-2030", profile="3_cap", labels={}, by="bench")
    opens = date(2026, 6, 17)
    congress = congresses.plan(organisation=unit, term=term, by="bench", opens=opens, closes=opens)
    called = names_of(names)
    people = [
        Person(full_name=called[at] if at < names else f"Đại biểu {at:03d}", organisation=unit) for at in range(voters)
    ]
    for one in people:
        one.refold()
    Person.objects.bulk_create(people)
    Delegate.objects.bulk_create(
        Delegate(congress=congress, person=one, unit=unit, category=Category.ELECTED) for one in people
    )
    for place, one in enumerate(people[-3:]):
        post = BodyPost.MEMBER if place else BodyPost.HEAD
        congresses.seat_in_body(congress=congress, body=BodyKind.COUNTING, person=one, post=post, by="bench")
    document = freezing.document_of(congress, freezing.base_of(congress))
    congresses.freeze_roll(congress=congress, document=document, by="bench")
    for username, role in PEOPLE.items():
        user = accounts.create_user(username=username, full_name=f"Người {username}", password=PASSWORD)
        accounts.grant(user=user, role=Role[role], by="bench", organisation=unit.key, congress=congress.key)
    screens.add_screen(congress=congress, name="Màn hình", language="vi", by="bench")
    return congress, people[:names]


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
