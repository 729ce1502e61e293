"""`daihoi import packages`: shown, and with --yes taken in; one sentence for each that is not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from daihoi.web.organisations.models import Term
from daihoi.web.reporting.models import Parcel, Received
from daihoi.web.site.receiving import Answer, Asked, receive
from tests.web.conftest import Tree
from tests.web.reporting import packages

pytestmark = pytest.mark.django_db


def asked(*files: Path, digests: tuple[str, ...] = (), take: bool = True, **more: str) -> Answer:
    """The command in English."""
    return receive(files, Asked(digests=digests, take=take, language="en", **more))


def test_without_yes_packages_are_only_shown(tree: Tree) -> None:
    made = packages.plain()
    told = asked(made.package, digests=(made.digest.upper(),), take=False)
    assert told.wrong == ()
    assert told.lines[0] == "package.zip: new"
    assert "Đảng bộ huyện Nà Lương (TG-NL). Ban Chấp hành" in told.lines[1]
    assert "    Lò Văn An: 3 (75.00 %)" in told.lines
    assert not Received.objects.exists()
    assert not Parcel.objects.exists()


def test_good_ones_are_taken_in_and_each_bad_one_is_a_sentence(tree: Tree, term: Term, tmp_path: Path) -> None:
    made, bad, rehearsed = packages.plain(), tmp_path / "bad.zip", tmp_path / "thu.zip"
    bad.write_bytes(b"not a zip")
    shutil.copy(packages.rehearsed().package, rehearsed)
    told = asked(bad, made.package, rehearsed, digests=(made.digest,))
    assert told.taken == 1
    assert [one.partition(":")[0] for one in told.wrong] == ["bad.zip", "thu.zip"]
    assert Received.objects.get().term == term
    assert Parcel.objects.count() == 1
    # The same again is nothing new, and no fault.
    again = asked(made.package, digests=(made.digest,))
    assert (again.taken, again.wrong) == (0, ())
    assert "nothing in it is new" in again.lines[0]


def test_a_digest_must_fit_a_package(tree: Tree, tmp_path: Path) -> None:
    other = packages.recount()
    (wrong,) = asked(packages.plain().package, digests=(other.digest,)).wrong
    assert "The digest that was typed is not that of this package" in wrong
    copy = tmp_path / "second.zip"
    shutil.copy(packages.tied().package, copy)
    told = asked(packages.plain().package, copy, digests=(other.digest,))
    assert "is of none of these packages" in told.wrong[0]
    assert "Type the digest" in asked(packages.plain().package).wrong[0]
    assert not Received.objects.exists()


def test_a_replacement_needs_its_reason_and_a_stranger_its_organisation(tree: Tree) -> None:
    first, second, stranger = packages.plain(), packages.recount(), packages.of_twins()
    asked(first.package, digests=(first.digest,))
    assert "say why this one takes its place" in asked(second.package, digests=(second.digest,)).wrong[0]
    assert asked(second.package, digests=(second.digest,), reason="Kiểm lại").taken == 1
    assert Received.objects.filter(ended_at=None).count() == 1
    assert "bears the name" in asked(stranger.package, digests=(stranger.digest,)).wrong[0]
    assert asked(stranger.package, organisation="NO").wrong == ("No organisation has the code NO.",)
    assert asked(stranger.package, digests=(stranger.digest,), organisation="TG-DH-01").taken == 1


def test_scans_beside_their_package_come_with_it(tree: Tree) -> None:
    made = packages.halves()
    assert asked(made.package, digests=(made.digest,)).taken == 1
    assert Received.objects.get().parcel.report["images"] == "beside"
