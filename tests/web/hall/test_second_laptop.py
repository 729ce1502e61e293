"""The page of the second laptop, when packages are written, and the two commands on a real house."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from daihoi.web.accounts.choices import Role
from daihoi.web.audit.models import LedgerEntry
from daihoi.web.congresses import services as congresses
from daihoi.web.counting.models import Progress
from daihoi.web.elections.services import lists, outcomes
from daihoi.web.hall.handover import keeping, locks, packages
from daihoi.web.hall.models import HandoverPackage, HandoverPlan
from daihoi.web.hall.services import handing_over, rehearsals
from daihoi.web.site.environment import SETTINGS
from tests.web.conftest import Tree
from tests.web.elections.conftest import Day
from tests.web.hall.conftest import with_role

pytestmark = pytest.mark.django_db

FIRST, SECOND = "bốn con trâu trắng", "qua sông lúc bình minh"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guess may be quick here."""
    monkeypatch.setattr(locks.lock_of, "__kwdefaults__", {"cost": 16})


@pytest.fixture
def head(day: Day) -> Client:
    """The head of the counting board of this congress."""
    return with_role(day, Role.COUNTING_HEAD)


@pytest.fixture
def plan(day: Day, tmp_path: Path) -> HandoverPlan:
    """Passphrase and stick are there, and a package was written a moment ago."""
    (tmp_path / "usb").mkdir()
    (tmp_path / "house").mkdir(exist_ok=True)
    handing_over.set_passphrase(first=FIRST, second=SECOND, holders="Sầm Văn Ấn, Lục Thị Yến", by="test")
    held = handing_over.set_folder(folder=str(tmp_path / "usb"), minutes=5, by="test")
    note_package()
    return held


def note_package(**ago: int) -> HandoverPackage:
    entry = LedgerEntry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    at = timezone.now() - timedelta(**ago)
    return HandoverPackage.objects.create(file="x", at=at, entry=entry, size=1, files=1, seconds=0.1, by="test")


def at(day: Day) -> str:
    return reverse("second_laptop", args=[day.congress.key])


def test_head_sets_passphrase_and_folder(day: Day, head: Client, tmp_path: Path) -> None:
    (tmp_path / "usb").mkdir()
    words = {"first": FIRST, "first_again": FIRST, "second": SECOND, "second_again": SECOND, "holders": "Ấn và Yến"}
    assert "No passphrase is set" in head.get(at(day)).content.decode()
    assert head.post(at(day), words).status_code == 302
    assert head.post(at(day), {"folder": str(tmp_path / "usb"), "minutes": 3}).status_code == 302
    held = handing_over.plan()
    assert held is not None
    assert (held.minutes, held.holders) == (3, "Ấn và Yến")
    assert "con trâu" not in str(list(LedgerEntry.objects.values_list("facts", flat=True)))
    assert "con trâu" not in head.get(at(day)).content.decode()


def test_passphrase_that_was_typed_two_ways_is_refused(day: Day, head: Client) -> None:
    words = {"first": FIRST, "first_again": FIRST + " ", "second": "", "second_again": "", "holders": "Ấn"}
    assert head.post(at(day), words).status_code == 200
    assert handing_over.plan() is None


def test_short_passphrase_is_one_sentence(day: Day, head: Client) -> None:
    words = {"first": "trâu", "first_again": "trâu", "second": "", "second_again": "", "holders": "Ấn"}
    assert "12" in head.post(at(day), words).content.decode()
    assert handing_over.plan() is None


@pytest.mark.parametrize("folder", ["usb", "/no/such/folder"])
def test_folder_that_is_not_there_is_refused(folder: str, plan: HandoverPlan) -> None:
    with pytest.raises(ValidationError, match="no such folder"):
        handing_over.set_folder(folder=folder, minutes=5, by="test")


def test_folder_within_the_house_is_refused(plan: HandoverPlan, tmp_path: Path) -> None:
    (tmp_path / "house" / "x").mkdir()
    with pytest.raises(ValidationError, match="within the house"):
        handing_over.set_folder(folder=str(tmp_path / "house" / "x"), minutes=5, by="test")


def test_who_does_not_hold_every_congress_of_the_house_hands_none_of_it_over(
    day: Day, head: Client, tree: Tree
) -> None:
    congresses.plan(organisation=tree.far, term=day.congress.term, by="test")
    assert head.get(at(day)).status_code == 403
    assert head.post(at(day), {"now": "1"}).status_code == 403


def test_package_is_due_after_a_milestone_and_after_minutes_in_which_something_happened(
    plan: HandoverPlan, day: Day
) -> None:
    now = timezone.now()
    assert not handing_over.is_due(plan, now + timedelta(hours=1))
    congresses.add_guest(congress=day.congress, full_name="Khách", by="test")
    assert not handing_over.is_due(plan, now)
    assert handing_over.is_due(plan, now + timedelta(minutes=6))
    outcomes.pause(contest=day.contest, reason="Xin ý kiến", by="test")
    assert handing_over.is_due(plan, now)


def test_scans_that_are_read_without_anybody_acting_are_packed_too(plan: HandoverPlan, adopted: Day) -> None:
    lists.close_list(contest=adopted.contest, by="test")
    (rehearsal,) = rehearsals.begin_all(congress=adopted.congress, by="test")
    HandoverPackage.objects.all().delete()
    note_package()
    later = timezone.now() + timedelta(minutes=6)
    assert not handing_over.is_due(plan, later)
    Progress.objects.filter(count=rehearsal.count).update(at=timezone.now(), pages=7)
    assert handing_over.is_due(plan, later)


def test_button_asks_for_a_package(plan: HandoverPlan, day: Day, head: Client) -> None:
    head.post(at(day), {"now": "1"})
    plan.refresh_from_db()
    assert handing_over.is_due(plan, timezone.now())


def test_page_says_that_nobody_writes(plan: HandoverPlan, day: Day, head: Client) -> None:
    assert "Nobody writes packages" in head.get(at(day), {"part": "1"}).content.decode()
    HandoverPlan.objects.update(looked_at=timezone.now())
    assert "Nobody writes packages" not in head.get(at(day), {"part": "1"}).content.decode()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a package is of SQLite")
def test_stick_that_is_away_is_said_and_tried_again(plan: HandoverPlan, day: Day, head: Client, tmp_path: Path) -> None:
    (tmp_path / "usb").rmdir()
    handing_over.ask(by="test")
    assert not keeping.look()
    plan.refresh_from_db()
    assert plan.problem is not None
    assert plan.problem["code"] == "handover.package_not_written"
    assert "could not be written" in head.get(at(day)).content.decode()


def test_newest_packages_are_kept(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"daihoi-2026061{number}-093000{packages.ENDING}").write_bytes(b"x")
    (tmp_path / "another file").write_bytes(b"x")
    handing_over._leave_newest(tmp_path, 3)
    assert sorted(one.name[7:15] for one in tmp_path.iterdir() if one.name != "another file") == [
        "20260612", "20260613", "20260614",
    ]  # fmt: skip


SET = """
from daihoi.web.site.serving import open_house
open_house()
from daihoi.web.hall.services import handing_over
handing_over.set_passphrase(first={first!r}, second={second!r}, holders="x", by="test")
"""


def run(*command: str, data: Path, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS and name[:7] != "DJANGO_"}
    environment = {**kept, "DAIHOI_DATA": str(data), "DAIHOI_LANG": "en", "PYTHONUTF8": "1", **more}
    return subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True, check=False)


def test_commands_hand_a_house_over_and_its_ledger_goes_on(tmp_path: Path) -> None:
    first, usb, second = tmp_path / "first", tmp_path / "usb", tmp_path / "second"
    usb.mkdir()
    made = run("-c", SET.format(first=FIRST, second=SECOND), data=first)
    assert made.returncode == 0, made.stderr
    written = run("-m", "daihoi.cli", "handover", "--data", str(first), "--out", str(usb), data=first)
    assert written.returncode == 0, written.stderr
    (package,) = usb.iterdir()

    command = ("-m", "daihoi.cli", "takeover", str(package), "--data", str(second))
    wrong = run(*command, data=second, DAIHOI_HANDOVER_PASSPHRASE=FIRST)
    assert (wrong.returncode, wrong.stderr.count("\n")) == (1, 1)
    assert "not the passphrase" in wrong.stderr
    assert not second.exists()
    taken = run(*command, data=second, DAIHOI_HANDOVER_PASSPHRASE=f"{FIRST}\n{SECOND}")
    assert taken.returncode == 0, taken.stderr
    assert "daihoi serve" in taken.stdout
    again = run(*command, data=second, DAIHOI_HANDOVER_PASSPHRASE=f"{FIRST}\n{SECOND}")
    assert (again.returncode, "empty" in again.stderr) == (1, True)
    verified = run("-m", "daihoi.cli", "ledger", "verify", "--data", str(second), data=second)
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert (second / "secret-key").read_bytes() == (first / "secret-key").read_bytes()
