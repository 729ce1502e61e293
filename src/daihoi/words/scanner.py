"""What `scanner-check` says: for each fault what is wrong, and which setting puts it right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from daihoi.words.figures import decimal_words
from daihoi.words.language import N_, _

FAULTS: Mapping[str, tuple[str, str]] = {
    "not_the_sheet": (
        N_("The scanner test sheet was not recognised."),
        N_(
            "Print it with `daihoi scanner-sheet`, lay it with the printed side to the scanner, and scan in grey at "
            "200 dpi; if it was scanned in black and white, choose grey."
        ),
    ),
    "back_missing": (
        N_("The back of the sheet did not come out of the scanner."),
        N_(
            "Switch the removal of blank pages off, and scan both sides; a ballot whose back nobody marked would be "
            "lost in the same way."
        ),
    ),
    "sides_swapped": (
        N_("The back comes before the front."),
        N_(
            "Lay the pile in the feeder with the front facing the side that is scanned first, or set the order of "
            "sides in the scanner's program."
        ),
    ),
    "same_side_twice": (
        N_("The front came twice and the back not at all."),
        N_("Give the two sides of one sheet, front first."),
    ),
    "mirrored": (N_("The image is mirrored."), N_("Switch mirroring off in the scanner's program.")),
    "negative": (N_("The image is a negative: white on black."), N_("Switch inversion (negative) off.")),
    "resolution_low": (
        N_("The resolution is too low: {dpi} dpi."),
        N_("Set it to 200 dpi; ballots are read from 150 to 400 dpi."),
    ),
    "resolution_high": (
        N_("The resolution is higher than ballots are read at: {dpi} dpi."),
        N_("Set it to 200 dpi; more only takes longer."),
    ),
    "resolution_uneven": (
        N_("The page is stretched: {across} dpi across, {down} dpi along."),
        N_("Clean the feeder's rollers, set the paper size to A4, and switch fitting to a page off."),
    ),
    "print_scale": (
        N_("The sheet was printed or scanned at {percent} % of its size."),
        N_(
            "Measure the printed ruler: if it is not 150 mm, print again at 100 %, without “fit to page”; if it is, "
            "switch scaling off in the scanner's program."
        ),
    ),
    "cropped": (
        N_("The image was cropped by {mm} mm ({places})."),
        N_("Switch automatic crop and page-size detection off and set the paper size to A4."),
    ),
    "mark_hidden": (
        N_("A corner mark cannot be seen ({places})."),
        N_("Scan a clean sheet that nothing covers, and look for dirt on the glass in that corner."),
    ),
    "skewed": (
        N_("The sheet lies {degrees} degrees askew; ballots are read up to 5."),
        N_("Move the guides of the feeder close to the paper."),
    ),
    "straightened": (
        N_("The scanner straightened the page by itself."),
        N_("Switch automatic straightening (deskew) off: it blurs fine strokes and may cut the corners off."),
    ),
    "jpeg_quality": (
        N_("The JPEG quality is too low: {quality}."),
        N_("Set it to 75 or more (a smaller compression, a larger file)."),
    ),
    "compression_seen": (
        N_("The image was once squeezed to JPEG quality {quality} and then saved again."),
        N_("Set the compression lower, at every program that the image passes through."),
    ),
    "colour_lost": (
        N_("Ink vanishes in the scan: {places}."),
        N_("Switch colour drop-out (filtering) off; a strike in such a pen, or the stamp, would not be seen."),
    ),
    "threshold_light": (
        N_("Black and white with a threshold that is too light: pale strokes vanish."),
        N_("Scan in grey; if it must be black and white, make it darker."),
    ),
    "threshold_dark": (
        N_("Black and white with a threshold that is too dark: shadows become ink."),
        N_("Scan in grey; if it must be black and white, make it lighter."),
    ),
    "too_bright": (
        N_("The image is too bright: pale ink burns out (paper {paper} of 255)."),
        N_("Lower the brightness, and switch background removal off."),
    ),
    "too_dark": (
        N_("The image is too dark: the paper is {paper} of 255."),
        N_("Raise the brightness, and clean the glass and the white strip of the scanner."),
    ),
    "low_contrast": (
        N_("The contrast is too low: {greys} greys lie between paper and black."),
        N_("Raise the contrast, or set the scanner back to its own settings."),
    ),
    "streaks": (
        N_("Streaks run through the image, measured from the left edge (→) or from the top (↓): {places}."),
        N_("Clean the glass strip beside the feeder at these places."),
    ),
}
"""By `ScannerFault`: tests/words/test_scanner.py holds every member to an entry here."""

PLACES: Mapping[str, str] = {
    "left": N_("left"),
    "top": N_("top"),
    "right": N_("right"),
    "bottom": N_("bottom"),
    "top_left": N_("top left"),
    "top_right": N_("top right"),
    "bottom_left": N_("bottom left"),
    "bottom_right": N_("bottom right"),
    "black": N_("black"),
    "blue": N_("blue"),
    "red": N_("red"),
    "stamp": N_("red stamp"),
    "violet": N_("violet"),
    "green": N_("green"),
    "pencil": N_("pencil"),
}

MEASURED: Mapping[str, str] = {
    "dpi": N_("resolution {value} dpi"),
    "skew": N_("askew by {value} degrees"),
    "quality": N_("JPEG quality {value}"),
    "paper": N_("paper {value} of 255"),
    "black": N_("black {value} of 255"),
}


def fault_lines(fault: str, figures: Mapping[str, int | float], places: Sequence[str]) -> tuple[str, str]:
    """What is wrong, and how to put it right, in the language of this process."""
    wrong, remedy = FAULTS[fault]
    shown = ", ".join(_place(place) for place in places)
    said = {key: decimal_words(value) for key, value in figures.items()}
    return _(wrong).format(**said, places=shown), _(remedy)


def _place(place: str) -> str:
    """A name of ours, or a length such as x60.5 (mm from the left) and y12 (mm from the top)."""
    if place in PLACES:
        return _(PLACES[place])
    return {"x": "→ {mm} mm", "y": "↓ {mm} mm"}[place[0]].format(mm=decimal_words(float(place[1:])))


def measured_line(measured: Mapping[str, int | float]) -> str:
    """The figures of a scan in one line."""
    return "; ".join(
        _(words).format(value=decimal_words(measured[key])) for key, words in MEASURED.items() if key in measured
    )
