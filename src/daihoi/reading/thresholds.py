"""Every number the reader decides by, with its unit and its reason. Lengths are mm on paper, shares 0 to 1.

Darkness is measured against the page's own paper and print: 0 is this paper, 1 is the black of this page's corner
marks.
"""

from __future__ import annotations

from dataclasses import dataclass

CANONICAL_DPI = 200
"""px per inch of the registered page: a ballpoint line (0.3-0.5 mm) is 2.4-4 px wide; 150 dpi would leave 1.8 px."""

MIN_DPI, MAX_DPI = 140.0, 620.0
"""Below 140 the modules of the codes (0.55 mm) fall under 3 px; 150 dpi with 5 % of scanner error must still pass."""


@dataclass(frozen=True)
class Thresholds:
    """Settings of one reading; counts made with the same software use the same numbers (record.json names them)."""

    # --- the page -------------------------------------------------------------------------------------------------
    corner_skew_degrees: float = 7.0
    """A page turned 5 degrees must be read; past 7 the corner marks leave their windows."""
    corner_aspect: float = 0.03
    """How far the sides of the frame may depart from their ratio: a feeder stretches up to 1-2 %."""
    corner_trapezoid_mm: float = 2.5
    """How far the fourth corner may lie from the parallelogram of the other three."""
    print_scale: float = 0.07
    """A4 image against corner spacing: "fit to page" gives 0.97; beyond 7 % the print is another size of paper."""

    # --- ink ------------------------------------------------------------------------------------------------------
    ink: float = 0.14
    """Darkness that is ink. Light pencil lies at 0.2-0.5, paper texture and JPEG ringing below 0.10."""
    noise_sigmas: float = 5.0
    """Ink must also stand this many sigmas above the noise of this page."""
    faint: float = 0.055
    """Darkness averaged over 0.6 mm that is no longer paper: an erased line or a very dry pen."""
    speck_mm: float = 0.6
    """Ink of less extent is nothing: a hesitation dot, dust. (The rule of this house for boxes.)"""
    name_speck_mm: float = 1.6
    """On names, residue of the print's own edges reaches 1.3 mm on 1-bit scans; a pen stroke starts at 2 mm."""
    name_speck_mm2: float = 0.7
    """Total ink area about a name that may still be specks."""
    name_dash_mm: float = 1.4
    """Ink of this extent is no speck when it lies along the name, as a thin strike of one short word does."""
    name_dash_evidence: float = 0.02
    """Share of columns that it then inks: upright residue of print stays below 0.015, two missed strikes had 0.027."""

    # --- a strike through a name ------------------------------------------------------------------------------------
    strike_cover: float = 0.72
    """Share of the columns of the whole name that tell anything in which the stroke is seen."""
    strike_word_cover: float = 0.55
    """The same for the family name and for the given name, each by itself: a strike must cross both."""
    strike_word_span: float = 0.6
    """Or: share of each of the two between the ends of the stroke; half of a name gives 0.5."""
    strike_word_least: float = 0.2
    """Cover, and half of it span, that a word must have in any case: letters hide most of a thin stroke."""
    strike_most: float = 0.85
    """Cover of the whole name that leaves no word out: two words of three and half of the third give 0.83."""
    strike_end_cover: float = 0.3
    """Cover that then is enough for the first and the last word."""
    strike_end_span: float = 0.4
    """And the share of their width between the ends of the stroke, as far as letters let it be seen."""
    strike_through: float = 0.75
    """Share of the width of both outer words between the ends of a stroke that goes through the whole name."""
    strike_through_cover: float = 0.6
    """Cover that then is enough: a dry pen or a steep line is seen in fewer columns."""
    strike_reach: float = 0.7
    """Share of a word between the farthest places where the stroke may end unseen; half of a name reaches 0.6."""
    strike_dashed_span: float = 0.65
    """Share of the width of both outer words between the ends of a line of short dashes, as 1-bit scans make them."""
    strike_dashed_cover: float = 0.55
    """Cover that then is enough: dashes as long as the holes between them."""
    strike_dash_gap_mm: float = 1.8
    """And the longest hole: half a short name left out is longer."""
    strike_core_share: float = 0.42
    """Share of the stroke that lies within the x-height of the letters: an underline and a circle stay out of it."""
    strike_return_share: float = 0.25
    """The same share where the stroke comes up into the upper half of the x-height time after time, as a coil does."""
    strike_low_mm: float = 6.5
    """Longest stretch below that half: most coils stay under it, a wave drawn too low has 11 mm, a straight line 24."""
    strike_evidence: float = 0.15
    """Share of all columns in which the stroke is seen; letters hide up to two thirds of a true strike."""
    strike_gap_mm: float = 5.0
    """Longest stretch of visible columns without ink: a dry pen skips 1-3 mm, two separate dashes leave more."""
    missing_print: float = 0.65
    """Share of the page's darkness in a piece of a name: 0.74 and more in 55,000 pieces, below 0.1 under fluid."""
    hidden_share: float = 0.45
    """Share of a name's columns in which a streak may hide ink before a person must look."""

    # --- a mark in a square -----------------------------------------------------------------------------------------
    mark_extent_mm: float = 2.0
    """Extent of ink within the clear 4.4 mm of a square that is a mark: crosses, ticks, slashes, fills are longer."""
    mark_area_mm2: float = 0.55
    """Least ink of a mark: a line of 2 mm drawn with the thinnest pen."""
    mark_pieces_mm2: float = 1.5
    """Ink in a square whose pieces together are a mark though none is long enough: a dry pen breaks a cross up."""
    mark_pieces_mm: float = 3.0
    """Extent of all these pieces together; dots and dust lie close together or have less ink."""
    mark_close_mm: float = 2.4
    """Extent of the pieces of a small cross by a dry pen, which lie closer together."""
    mark_close_mm2: float = 1.9
    """Ink that these must then have: two grains of dust 1 mm wide have 1.6."""
    mark_close_piece_mm: float = 1.3
    """And extent of the largest of them."""
    inside_share: float = 0.4
    """Share of a mark's ink that lies in or close about its square; a line drawn across the page has less."""
    faint_share: float = 0.10
    """Share of a square that is not clean paper, without a mark: what an eraser leaves."""
    smear_mm2: float = 0.7
    """Broad grey about pale ink: two real erasures have 0.6 to 1.2, three of 12,000 simulated marks as much."""
    rim_mm2: float = 3.0
    """Ink along the inner edge of a square's outline that is no longer the outline itself: a pen that traced it."""
    filled_mm2: float = 13.0
    """Ink in a square (inner area 29 mm2) that makes it blackened rather than crossed; a felt pen's cross has 10."""
    whole_mm: float = 2.2
    """Shorter side of a mark that stands by itself; the tail of a tick from the row above is a single thin line."""
    whole_pieces_mm2: float = 3.0
    """Ink of such a mark in pieces; a tail by an ordinary pen has up to 2."""
    square_hidden_share: float = 0.6
    """Share of a square that a streak may hide: beside a fold 2.5 mm wide, 1.9 mm still show every cross and tick."""
    beside_mm: float = 2.0
    """Ink outside the squares and names, but in the row, that a person must look at."""
    beside_mm2: float = 2.0
    """The same in a row of squares, all small pieces together: a struck name leaves 3 mm2 between its letters."""

    # --- the pen ------------------------------------------------------------------------------------------------------
    pale: float = 0.32
    """Tone of a mark that may have been erased: ink rubbed off kept 0.1-0.26, the hardest pencil 0.22 and more."""
    paler_than_pen: float = 0.62
    """A pale mark is doubtful when it has less than this of the tone that the same voter's other marks have."""
    marks_that_show_a_pen: int = 3
    """Fewer marks on a page do not show what the pen writes like, so any pale one goes to a person."""

    # --- elsewhere ----------------------------------------------------------------------------------------------------
    foreign_mm: float = 2.0
    """Ink elsewhere on the page: the smallest figure that a hand writes is about 2.5 mm high, dust stays below 1.5."""
    text_mm: float = 14.0
    """Foreign ink wider than this is proposed as writing or a signature, smaller as a distinguishing mark."""
    streaked_targets: float = 0.10
    """Share of targets whose decision streaks may hide before the page is refused."""


DEFAULT = Thresholds()
