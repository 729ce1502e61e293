"""record.json and the manifest: the same things give the same bytes, another thing another digest."""

from __future__ import annotations

import hashlib
import json

import pytest

from daihoi.interchange import package_file, record_file
from daihoi.interchange.record_file import ImageRef, LedgerHead, digest_of, in_groups_of_four
from tests.interchange.samples import manifest, record


def test_record_names_images_in_the_order_in_which_they_are_stored() -> None:
    held = json.loads(record())
    assert [image["stored"] for image in held["images"]] == ["images/00001.jpg", "images/00002.jpg"]
    assert held["ledger"] == {"events": 7, "head": "a" * 64}
    assert held["files"]["result.json"] == hashlib.sha256(b"result.json").hexdigest()


def test_digest_is_that_of_the_bytes_of_the_record() -> None:
    assert digest_of(record()) == hashlib.sha256(record()).hexdigest()


@pytest.mark.parametrize("change", ["contest", "software", "settings", "images", "files", "ledger"])
def test_whatever_changes_changes_the_digest(change: str) -> None:
    same: dict[str, object] = {
        "contest": "a",
        "software": "s",
        "settings": {"x": 1},
        "images": [ImageRef("f", "images/1", "0" * 64, 1)],
        "files": {"result.json": b"r"},
        "ledger": LedgerHead(1, "0" * 64),
    }
    other: dict[str, object] = {
        "contest": "b",
        "software": "t",
        "settings": {"x": True},
        "images": [ImageRef("f", "images/1", "0" * 64, 2)],
        "files": {"result.json": b"R"},
        "ledger": LedgerHead(2, "0" * 64),
    }
    bent = same | {change: other[change]}
    assert record_file.build(**bent) != record_file.build(**same)  # type: ignore[arg-type]


def test_order_in_which_things_are_given_changes_nothing() -> None:
    images = [ImageRef("b", "images/2", "2" * 64, 2), ImageRef("a", "images/1", "1" * 64, 1)]
    files = {"b": b"2", "a": b"1"}
    head = LedgerHead(1, "0" * 64)
    one = record_file.build(contest="c", software="s", settings={}, images=images, files=files, ledger=head)
    turned = dict(reversed(files.items()))
    other = record_file.build(contest="c", software="s", settings={}, images=images[::-1], files=turned, ledger=head)
    assert one == other


def test_digest_is_shown_in_sixteen_groups_of_four() -> None:
    shown = in_groups_of_four(digest_of(record()))
    assert [len(group) for group in shown.split(" ")] == [4] * 16
    assert shown.replace(" ", "") == digest_of(record())


def test_manifest_lists_members_by_digest_and_length() -> None:
    held = json.loads(manifest())
    assert held["format"] == "daihoi-package/1"
    assert held["digest"] == digest_of(record())
    assert held["files"]["ledger.jsonl"] == {"bytes": 1, "sha256": hashlib.sha256(b"x").hexdigest()}
    assert "detached" not in held


def test_manifest_binds_the_second_zip() -> None:
    second = json.loads(manifest(detached=True))["detached"]
    assert (second["file"], second["bytes"]) == ("p-images.zip", 9)
    assert second["files"] == {"images/00001.jpg": {"bytes": 1, "sha256": hashlib.sha256(b"i").hexdigest()}}


@pytest.mark.parametrize(
    ("package", "images"), [("a.zip", "a-images.zip"), ("A.ZIP", "A-images.zip"), ("goi", "goi-images.zip")]
)
def test_second_zip_is_named_after_the_first(package: str, images: str) -> None:
    assert package_file.images_zip_name(package) == images
