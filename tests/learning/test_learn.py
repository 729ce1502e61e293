"""From a blank ballot to what is written: names, the stamp's field, two sides, the picture for a person."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import cv2
import numpy as np
import pytest

from daihoi.learning.errors import NamesDifferError, NamesUnreadableError, SidesAlikeError
from daihoi.learning.learn import check_names, learn, names_in
from daihoi.sheet.terms import TargetKind
from tests.learning.drawn import KEPT
from tests.learning.forms import learned
from tests.learning.people import NAMES
from tests.learning.test_blank import pdf_of

HERE = Path("names.txt")


def test_names_are_read_one_a_line_in_nfc() -> None:
    text = "\ufeff" + unicodedata.normalize("NFD", "Lò  Thị Bích ") + "\r\n\r\nVì A Ý\n"
    assert names_in(text.encode(), HERE) == ("Lò Thị Bích", "Vì A Ý")


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xff\xfe\x00", b"a\0b"])
def test_file_without_names_is_refused(data: bytes) -> None:
    with pytest.raises(NamesUnreadableError):
        names_in(data, HERE)


def test_another_number_of_names_is_refused_with_both() -> None:
    path = KEPT / "strike.pdf"
    made = learn(path.read_bytes(), path, stem="s", names=("A B", "C D"))
    with pytest.raises(NamesDifferError) as caught:
        check_names(made, HERE, Path("s.found.png"))
    assert (caught.value.fields["names"], caught.value.fields["places"]) == (2, 9)
    check_names(learned("strike"), HERE, HERE)


def test_names_stand_with_their_targets() -> None:
    assert list(learned("two-sides").sheet.names.values()) == NAMES["two-sides"]


def test_kinds_follow_from_the_page() -> None:
    assert learned("strike").sheet.kinds == {TargetKind.NAME}
    assert learned("agree").sheet.kinds == {TargetKind.AGREE, TargetKind.DISAGREE}
    assert learned("ovals").sheet.kinds == {TargetKind.AGREE}


@pytest.mark.parametrize("name", ["strike", "lines", "cells"])
def test_stamp_has_its_field_above_the_list(name: str) -> None:
    sheet = learned(name).sheet
    assert 0 < sheet.stamp.bottom <= min(target.row.y for target in sheet.pages[0].targets)


def test_two_sides_of_one_print_are_refused() -> None:
    with pytest.raises(SidesAlikeError):
        learn(pdf_of(("strike", 0), ("strike", 0)), Path("alike.pdf"), stem="s")


def test_picture_shows_every_page_in_colour() -> None:
    picture = cv2.imdecode(np.frombuffer(learned("two-sides").picture, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert picture.shape == (2339, 2 * 1654, 3)
    assert int(np.ptp(picture.astype(int), axis=2).max()) > 100
