"""Packages of counts without a scanner, taken in at the centre by page and by command as any other."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from daihoi.web.accounts.models import User
from daihoi.web.organisations.models import Term
from daihoi.web.reporting.models import Parcel, Received
from tests.web.conftest import Tree
from tests.web.reporting import packages
from tests.web.reporting.conftest import page, received, sent, take, typed
from tests.web.reporting.test_command import asked
from tests.web.reporting.test_taking import groups

pytestmark = pytest.mark.django_db


def test_a_keyed_count_is_compared_with_the_paper_and_taken_in(browser: Client, tree: Tree) -> None:
    made = packages.keyed()
    parcel = sent(browser, made)
    shown = page(browser)
    assert "two people keyed each paper" in shown
    assert "scans" not in shown.split('id="waiting"')[1]
    wrong = made.digest[:-1] + ("0" if made.digest[-1] != "0" else "1")
    assert "they part in group 16 of 16" in typed(browser, parcel, wrong)
    assert "Take in 1 result" in typed(browser, parcel, groups(made.digest))
    told = take(browser).content.decode()
    one = Received.objects.get()
    assert (one.organisation, one.digest, one.elected) == (tree.na_luong, made.digest, 3)
    assert "two people keyed each paper" in told
    assert "Scans" not in told.split("<main")[1]
    assert browser.get(reverse("result_package", args=[one.key, "scans"])).status_code == 404


def test_a_package_without_its_way_is_of_a_scanned_count(browser: Client, centre: User) -> None:
    """As rows are that were kept before packages of keyed counts were told apart."""
    one = received(centre, packages.plain())
    del one.parcel.says["way"]
    one.parcel.save()
    assert "two people keyed" not in browser.get(reverse("result_received", args=[one.key])).content.decode()


def test_the_command_takes_in_a_keyed_count(tree: Tree, term: Term) -> None:
    made = packages.keyed()
    (wrong,) = asked(made.package, digests=(packages.plain().digest,)).wrong
    assert "is not that of this package" in wrong
    told = asked(made.package, digests=(groups(made.digest),))
    assert (told.taken, told.wrong) == (1, ())
    assert "  keyed from the papers by two people, without a scanner" in told.lines
    assert "    Lò Văn An: 3 (75.00 %)" in told.lines
    again = asked(made.package, digests=(made.digest,))
    assert (again.taken, again.wrong) == (0, ())
    assert "nothing in it is new" in again.lines[0]


def test_a_count_without_a_scanner_replaces_a_scanned_one_only_with_a_reason(browser: Client, centre: User) -> None:
    first, made = received(centre, packages.plain()), packages.keyed()
    parcel = sent(browser, made)
    assert "say why this one takes its place" in typed(browser, parcel, made.digest)
    typed(browser, parcel, made.digest, reason="Máy quét hỏng, nhập lại từ phiếu")
    take(browser)
    first.refresh_from_db()
    assert first.replaced_by == Received.objects.get(ended_at=None)
    other = packages.keyed("kkkx", "kkkx", "kkxk")
    assert "say why" in asked(other.package, digests=(other.digest,)).wrong[0]
    assert asked(other.package, digests=(other.digest,), reason="Kiểm lại").taken == 1


def test_a_keyed_count_of_an_unknown_organisation_waits_for_its_code(browser: Client, tree: Tree, term: Term) -> None:
    tree.na_luong.name = "Đảng bộ huyện Khác"
    tree.na_luong.save()
    made = packages.keyed()
    parcel = sent(browser, made)
    assert "No organisation of yours bears the name" in page(browser)
    assert not Received.objects.exists()
    typed(browser, parcel, made.digest, code=tree.far.code)
    take(browser)
    assert Received.objects.get().organisation == tree.far


@pytest.mark.parametrize("member", ["ballots.jsonl", "ledger.jsonl", "result.json", "election.toml", "record.json"])
def test_one_changed_byte_is_found(tree: Tree, tmp_path: Path, member: str) -> None:
    made = packages.keyed()
    with zipfile.ZipFile(made.package) as packed:
        data = bytearray(packed.read(member))
    # A digit or a letter of the last line.
    data[-3] ^= 1
    bad = tmp_path / "bad.zip"
    bad.write_bytes(packages.altered(made, member, bytes(data)))
    told = asked(bad, digests=(made.digest,))
    assert told.taken == 0
    assert told.wrong[0].startswith("bad.zip: ")
    assert not Parcel.objects.exists()


def test_keyed_rehearsal_ballots_elect_nobody(tree: Tree, tmp_path: Path) -> None:
    made = packages.keyed_in_rehearsal()
    copy = tmp_path / "thu.zip"
    shutil.copy(made.package, copy)
    assert "rehearsal ballots" in asked(copy, digests=(made.digest,)).wrong[0]
