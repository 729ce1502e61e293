"""What learning a printed ballot refuses."""

from __future__ import annotations

from daihoi.words.language import N_

SENTENCES: dict[str, str] = {
    "learning.blank_unreadable": N_(
        "{path} cannot be opened as a blank ballot; give a PDF, PNG, JPEG or TIFF that is whole and has no password."
    ),
    "learning.blank_too_many_pages": N_(
        "{path} has more than {most} pages ({found}); a ballot is one sheet. Give a file with its front and, where it "
        "has one, its back."
    ),
    "learning.blank_wrong_paper": N_(
        "Page {page} of {path} measures {found} mm; ballots are read up to A4 upright (210 x 297 mm). Print the ballot "
        "on A4 or A5."
    ),
    "learning.blank_empty": N_(
        "Next to nothing is printed on page {page} of {path}; give the ballot as it is printed, not marked."
    ),
    "learning.nothing_found": N_(
        "{path} shows no table of names, no boxes beside names and no numbered lines of names; give the blank ballot "
        "itself, upright, as a PDF or a scan of 200 dpi or more."
    ),
    "learning.name_on_two_lines": N_(
        "The name in place {place} on page {page} of {path} runs over two lines; a strike through it could not be "
        "read. Widen the column so that every name stands on one line."
    ),
    "learning.sides_alike": N_(
        "Both pages of {path} bear the same print and could not be told apart; give one page, or print something "
        "different on the back."
    ),
    "learning.names_unreadable": N_("{path} holds no names; write one name a line, as UTF-8 text."),
    "learning.names_differ": N_(
        "{path} holds {names} names, and {places} places for names were found on the ballot: look at {picture}, then "
        "correct the names or the ballot."
    ),
    "learning.sheet_malformed": N_(
        "{path} is not a learned ballot: at {place} stands something other than {expected}. Put that right, or learn "
        "the ballot again with `daihoi sheet learn`."
    ),
    "learning.raster_missing": N_(
        "{path} is missing; {sheet} needs it, because the ballots are found by their print. Keep both in one folder, "
        "or learn the ballot again with `daihoi sheet learn`."
    ),
    "learning.raster_changed": N_(
        "{path} is not the picture that {sheet} was made with. Put the right one back, or learn the ballot again with "
        "`daihoi sheet learn`."
    ),
    "learning.candidates_differ": N_(
        "{path} has {places} places for names, and the contest {contest} has {candidates} candidates. Learn the ballot "
        "of this contest, or correct the places in the file."
    ),
    "learning.other_name": N_(
        "Place {place} of {path} bears the name {found}, and the candidate there is {expected}. Give the names in the "
        "order of the list, or learn the ballot of this contest."
    ),
    "learning.other_way_of_voting": N_(
        "{path} was learned with targets {found}, which is no way to vote in the contest {contest} ({expected}). Learn "
        "it again with --mark names or --mark boxes."
    ),
}
