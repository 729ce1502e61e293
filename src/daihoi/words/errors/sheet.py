"""Sentences for what a ballot sheet refuses to be."""

from __future__ import annotations

from daihoi.words.language import N_

SENTENCES: dict[str, str] = {
    "sheet.too_many_names": N_(
        "The list has {found} candidates; one ballot sheet holds at most {most}. "
        "Split the election into two contests or shorten the list."
    ),
    "sheet.no_names": N_("The contest has no candidates; add [[contests.candidates]] before printing ballots."),
    "sheet.name_too_long": N_(
        'The name of candidate {candidate}, "{name}", needs {needed_mm} mm even when condensed and its column has '
        "{room_mm} mm. Write the name shorter in the election file."
    ),
    "sheet.heading_too_long": N_(
        'The heading "{text}" does not fit in {lines} lines on the ballot. Shorten it in the election file.'
    ),
}
