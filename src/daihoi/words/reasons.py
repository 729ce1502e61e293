"""Short words for every value that the rooms return: doubts, refusals, grounds, marks, outcomes, checks, events.

Keyed by the value itself, as ballots.jsonl, review.csv and result.json spell it, because this room may know no image
library and so not the enums of `reading`. tests/words/test_reasons.py holds every enum member to an entry here.
"""

from __future__ import annotations

from collections.abc import Mapping

from daihoi.words.language import N_, _

DOUBTS: Mapping[str, str] = {
    "partial_strike": N_("the strike covers only part of the name"),
    "underline": N_("the line lies under the name"),
    "circle": N_("the name is circled"),
    "tick_on_name": N_("a tick on the name, not a strike"),
    "two_rows": N_("one stroke touches two names"),
    "erased": N_("traces of erasing"),
    "faint": N_("the ink is very faint"),
    "small_ink": N_("a small spot of ink, no clear mark"),
    "beside": N_("there is ink beside the name or square"),
    "streak": N_("a streak of the scanner or a fold hides the place"),
    "leaves_box": N_("the mark reaches far beyond its square"),
    "scribble": N_("a scribble, not one clear stroke"),
    "broken_line": N_("the stroke is broken"),
    "local_shift": N_("the paper is warped here"),
    "covered": N_("print is missing here: paper or fluid may lie over it"),
    "unclear": N_("the mark is not clear"),
    "readers_differ": N_("the two readers differ"),
    "second_kept": N_("the second reader says: kept"),
    "second_struck": N_("the second reader says: struck"),
    "second_agree": N_("the second reader says: agree"),
    "second_disagree": N_("the second reader says: disagree"),
    "second_both": N_("the second reader says: both squares"),
    "second_none": N_("the second reader says: no square"),
    "second_partial": N_("the second reader sees a line through part of the name"),
    "second_faint": N_("the second reader sees very faint ink"),
    "second_small": N_("the second reader sees a small spot of ink"),
    "second_lost": N_("the second reader cannot find this row"),
}

REFUSALS: Mapping[str, str] = {
    "not_an_image": N_("not an image that can be read"),
    "truncated": N_("the file is cut short or damaged"),
    "locked": N_("the PDF is locked with a password; scan or save it without one"),
    "too_large": N_("the image is too large"),
    "no_scan_in_pdf": N_("the PDF page holds no scanned image"),
    "blank_page": N_("the page is blank"),
    "corners_not_found": N_("the corner marks were not found"),
    "code_unreadable": N_("the codes could not be read"),
    "codes_disagree": N_("the two codes of the page do not agree"),
    "not_our_code": N_("the code was not printed by this election"),
    "other_congress": N_("a page of another congress"),
    "other_contest": N_("a page of another contest"),
    "other_round": N_("a page of another round"),
    "other_form": N_("a page of another list or another print"),
    "rehearsal": N_("a rehearsal ballot in a real count"),
    "not_rehearsal": N_("a real ballot in a rehearsal"),
    "wrong_scale": N_("the page was printed or scanned at a wrong scale"),
    "distorted": N_("the page is distorted"),
    "streaks": N_("streaks cover the codes, the corners or too many places"),
    "ends_reader": N_("the program that reads it ended twice at this page"),
    "duplicate_file": N_("the same file twice"),
    "duplicate_image": N_("the same image twice"),
    "missing_front": N_("the front of this sheet is missing"),
    "missing_back": N_("the back of this sheet is missing"),
    "not_this_sheet": N_("the print of the page is not that of the learned ballot"),
    "other_names": N_("other names are printed on the page than on the learned ballot, or they are covered"),
    "same_sheet": N_("looks like a sheet that was scanned before"),
    "batch_count": N_("the batch was counted by hand to another number"),
    "photo_too_coarse": N_("the photograph is too coarse; hold the telephone nearer"),
    "photo_blurred": N_("the photograph is blurred"),
    "photo_oblique": N_("the photograph was taken too much from the side"),
    "photo_covered": N_("something covers print in the photograph, or light washes it out"),
}

GROUNDS: Mapping[str, str] = {
    "NOT_ISSUED": N_("not issued by the counting board"),
    "SIGNED_OR_EXTRA_TEXT": N_("signed or with added writing"),
    "OUTSIDE_NAME": N_("a name from outside the list was added"),
    "DISTINGUISHING_MARK": N_("a mark that may tell the voter"),
    "OVER_VOTE": N_("votes for more than the number to elect"),
    "VOTES_NOBODY": N_("votes for nobody"),
    "SINGLE_BOTH": N_("both squares marked"),
    "SINGLE_NONE": N_("neither square marked"),
}

MARKS: Mapping[str, str] = {
    "kept": N_("kept"),
    "struck": N_("struck"),
    "agree": N_("agree"),
    "disagree": N_("disagree"),
    "both": N_("both squares"),
    "none": N_("no square"),
    "doubtful": N_("doubtful"),
}

PAGE_ANSWERS: Mapping[str, str] = {
    "rescanned": N_("scanned again"),
    "not_a_ballot": N_("not a ballot"),
    "a_ballot": N_("a ballot of its own"),
    "recounted": N_("counted again by hand"),
    "NOT_ISSUED": N_("not issued by the counting board"),
    "keyed": N_("keyed by hand"),
}

STANDINGS: Mapping[str, str] = {
    "valid": N_("valid"),
    "invalid": N_("invalid"),
    "undecided": N_("undecided"),
}

OUTCOMES: Mapping[str, str] = {
    "elected": N_("elected"),
    "alternate": N_("alternate"),
    "tied": N_("tied at the last seat"),
    "qualified_not_elected": N_("more than half, but no seat left"),
    "not_qualified": N_("not more than half"),
}

STATUSES: Mapping[str, str] = {
    "final": N_("the result stands"),
    "awaiting_decisions": N_("waits for the counting board"),
    "stopped": N_("stopped: the figures do not agree"),
}

VERIFIED: Mapping[str, str] = {
    "archive": N_("the archive holds nothing hidden"),
    "files": N_("every file has the digest that the manifest gives, and none is unlisted"),
    "signature": N_("the manifest is signed by the key in the package"),
    "signer": N_("that key is the one you gave"),
    "digest": N_("the digest on paper is that of this count"),
    "record": N_("the record names every file of the count"),
    "images": N_("the images are those that were counted"),
    "ledger": N_("the ledger is one unbroken chain and ends where the record says"),
    "ballots": N_("every ballot follows from its marks and the board's decisions"),
    "result": N_("the result is what a recount gives"),
    "sample": N_("the hand sample was drawn again by its seed, and every ballot in it was read as the count has it"),
}

_ALL: tuple[Mapping[str, str], ...] = (DOUBTS, REFUSALS, GROUNDS, MARKS, PAGE_ANSWERS, STANDINGS, OUTCOMES, STATUSES)


def reason(value: str) -> str:
    """The words for a value of review.csv, refused.jsonl or result.json; the value itself when it is none of ours."""
    for table in _ALL:
        if value in table:
            return _(table[value])
    return value


def reasons(joined: str) -> str:
    """The words, each once, for a `reason` field that joins several values with a plus sign, a space or a comma."""
    parts = joined.replace("+", " ").replace(",", " ").replace(";", " ").split()
    return ", ".join(dict.fromkeys(reason(part) for part in parts))
