"""Each wrong setting alone is named, and nothing else is; a good scan passes."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import pytest

from daihoi.reading.scanner.check import check_scanner
from daihoi.reading.scanner.file_facts import scanned_pages
from daihoi.reading.scanner.terms import Scanned, ScannerFault, ScannerReport
from daihoi.reading.terms import Refusal
from tests.reading.scanner.scans import BACK, GOOD, Setting

F = ScannerFault


def pages_of(data: bytes) -> tuple[Scanned, ...]:
    """The pages of a file that must load."""
    pages = scanned_pages(data, "scan")
    assert not isinstance(pages, Refusal), pages
    return pages


@cache
def back() -> tuple[Scanned, ...]:
    """A good scan of the back."""
    return pages_of(BACK.file())


def report(setting: Setting, kind: str = "JPEG", **options: object) -> ScannerReport:
    """What is said of a front with these settings, a good back beside it."""
    return check_scanner([*pages_of(setting.file(kind, **options)), *back()])


def faults(setting: Setting, kind: str = "JPEG", **options: object) -> list[ScannerFault]:
    """The faults alone."""
    return [finding.fault for finding in report(setting, kind, **options).findings]


@pytest.mark.parametrize(
    ("setting", "kind", "options"),
    [
        (GOOD, "JPEG", {}),
        (GOOD, "JPEG", {"quality": 55}),
        (GOOD, "PNG", {}),
        (GOOD, "TIFF", {}),
        (GOOD.but(threshold=150), "TIFF", {}),
        (GOOD.but(dpi=150.0), "JPEG", {}),
        (GOOD.but(dpi=300.0, skew=-1.2), "JPEG", {}),
        (GOOD.but(skew=4.0), "JPEG", {}),
        (GOOD.but(scale=1.02), "JPEG", {}),
        (GOOD.but(scale=0.98), "JPEG", {}),
        (GOOD.but(quarter_turns=1), "JPEG", {}),
        (GOOD.but(quarter_turns=2), "JPEG", {}),
        (GOOD.but(noise=5.0, blur=1.0, gain=0.85, lift=5.0), "JPEG", {}),
        (GOOD.but(crop_mm=(1.5, 1.5, 1.5, 1.5)), "JPEG", {}),
        (GOOD.but(said_dpi=72.0), "JPEG", {}),
    ],
)
def test_good_scan_passes(setting: Setting, kind: str, options: dict[str, object]) -> None:
    assert faults(setting, kind, **options) == []


@pytest.mark.parametrize(
    ("setting", "fault"),
    [
        (GOOD.but(dpi=100.0), F.RESOLUTION_LOW),
        (GOOD.but(dpi=430.0), F.RESOLUTION_HIGH),
        (GOOD.but(stretch=1.04), F.RESOLUTION_UNEVEN),
        (GOOD.but(scale=0.94), F.PRINT_SCALE),
        (GOOD.but(scale=1.045, said_dpi=72.0), F.PRINT_SCALE),
        (GOOD.but(crop_mm=(8.0, 8.0, 8.0, 8.0)), F.CROPPED),
        (GOOD.but(crop_mm=(0.0, 17.0, 0.0, 0.0)), F.CROPPED),
        (GOOD.but(skew=7.0), F.SKEWED),
        (GOOD.but(skew=1.6, straighten=1.6), F.STRAIGHTENED),
        (GOOD.but(skew=-2.0, straighten=-2.0, fill=0), F.STRAIGHTENED),
        (GOOD.but(mirrored=True), F.MIRRORED),
        (GOOD.but(negative=True), F.NEGATIVE),
        (GOOD.but(weights=(1.0, 0.0, 0.0)), F.COLOUR_LOST),
        (GOOD.but(weights=(0.0, 0.0, 1.0)), F.COLOUR_LOST),
        (GOOD.but(gain=1.1, lift=30.0), F.TOO_BRIGHT),
        (GOOD.but(gain=0.55, lift=0.0), F.TOO_DARK),
        (GOOD.but(gain=0.4, lift=110.0), F.LOW_CONTRAST),
        (GOOD.but(streaks=(60.0,)), F.STREAKS),
    ],
)
def test_each_wrong_setting_alone_is_named(setting: Setting, fault: ScannerFault) -> None:
    assert faults(setting) == [fault]


@pytest.mark.parametrize(("threshold", "fault"), [(60, F.THRESHOLD_LIGHT), (238, F.THRESHOLD_DARK)])
def test_wrong_threshold_is_named(threshold: int, fault: ScannerFault) -> None:
    assert faults(GOOD.but(threshold=threshold), "TIFF") == [fault]


def test_low_jpeg_quality_is_told_with_its_figure() -> None:
    (finding,) = report(GOOD, quality=30).findings
    assert (finding.fault, finding.figures) == (F.JPEG_QUALITY, {"quality": 30})


@pytest.mark.parametrize("quality", [10, 30, 40])
def test_hard_compression_is_seen_even_when_the_file_was_saved_again(quality: int) -> None:
    squeezed = cv2.imdecode(np.frombuffer(GOOD.file(quality=quality), np.uint8), cv2.IMREAD_GRAYSCALE)
    page = Scanned("again.png", np.asarray(squeezed, np.uint8), 200.0, None)
    (finding,) = check_scanner([page, *back()]).findings
    assert finding.fault is F.COMPRESSION_SEEN
    assert finding.figures["quality"] == pytest.approx(quality, abs=2)


def test_red_drop_out_names_the_red_pen_and_the_stamp() -> None:
    (finding,) = report(GOOD.but(weights=(1.0, 0.0, 0.0))).findings
    assert finding.places == ("red", "stamp")


def test_streaks_are_told_where_they_are() -> None:
    (finding,) = report(GOOD.but(streaks=(60.0, 130.5), skew=0.0)).findings
    places = [float(place.removeprefix("x")) for place in finding.places]
    assert places == pytest.approx([60.0, 130.5], abs=0.6)


def test_streak_across_is_told_from_the_top() -> None:
    (finding,) = report(GOOD.but(streaks=(60.0,), skew=0.0, quarter_turns=0)).findings
    assert finding.places[0].startswith("x")
    turned = np.ascontiguousarray(GOOD.but(skew=0.0).image())
    turned[900:902] -= np.minimum(turned[900:902], 45)
    (across,) = check_scanner([Scanned("a", turned, 200.0, None), *back()]).findings
    assert across.places[0].startswith("y")
    assert float(across.places[0][1:]) == pytest.approx(900 / 200 * 25.4, abs=0.6)


def test_cropped_side_is_named() -> None:
    (finding,) = report(GOOD.but(crop_mm=(0.0, 17.0, 0.0, 0.0))).findings
    assert finding.places == ("top",)
    assert finding.figures["mm"] == pytest.approx(17, abs=1)


def test_order_of_sides() -> None:
    front = pages_of(GOOD.file())
    assert [f.fault for f in check_scanner([*back(), *front]).findings] == [F.SIDES_SWAPPED]
    assert [f.fault for f in check_scanner([*front, *front]).findings] == [F.SAME_SIDE_TWICE]


def test_back_that_did_not_come_out_is_told_when_both_were_scanned() -> None:
    front = pages_of(GOOD.file())
    assert [f.fault for f in check_scanner(front).findings] == [F.BACK_MISSING]
    alone = check_scanner(front, both_sides=False)
    assert (alone.findings, alone.back_seen) == ((), False)


def test_white_page_in_place_of_the_back_is_told() -> None:
    white = Scanned("b", np.full((2339, 1654), 250, np.uint8), 200.0, None)
    front = pages_of(GOOD.file())
    assert [f.fault for f in check_scanner([*front, white], both_sides=False).findings] == [F.BACK_MISSING]


def test_sheet_laid_askew_on_purpose_and_come_out_straight_was_straightened() -> None:
    straight = pages_of(GOOD.but(skew=0.0).file())
    askew = pages_of(GOOD.but(skew=1.0).file())
    assert [f.fault for f in check_scanner([*straight, *back()], askew=True).findings] == [F.STRAIGHTENED]
    assert check_scanner([*askew, *back()], askew=True).findings == ()


def test_ruler_tells_a_wrong_print_from_a_wrong_scan() -> None:
    small = pages_of(GOOD.but(scale=0.94).file())
    (finding,) = check_scanner([*small, *back()], ruler_mm=141.0).findings
    assert (finding.fault, finding.figures) == (F.PRINT_SCALE, {"percent": 94.0})
    good = pages_of(GOOD.file())
    assert check_scanner([*good, *back()], ruler_mm=150.0).findings == ()


def test_covered_corner_is_named() -> None:
    image = GOOD.image().copy()
    image[2150:, 1450:] = 240
    (finding,) = check_scanner([Scanned("a", image, 200.0, None), *back()]).findings
    assert (finding.fault, finding.places) == (F.MARK_HIDDEN, ("bottom_right",))


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_what_is_not_the_sheet_is_not_recognised(grey: int) -> None:
    page = Scanned("a", np.full((2339, 1654), grey, np.uint8), 200.0, None)
    (finding,) = check_scanner([page]).findings
    assert finding.fault is F.NOT_THE_SHEET


def test_figures_that_were_measured_are_told() -> None:
    measured = report(GOOD).measured
    assert measured["dpi"] == 200
    assert measured["skew"] == pytest.approx(0.4, abs=0.1)
    assert measured["quality"] == 80
    assert measured["black"] < measured["paper"]
