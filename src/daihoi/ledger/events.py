"""Every event of a count, declared once: what it means, what it holds, whether a person did it, whether it counts.

docs/dev/ledger.md carries this table; a test fails when the two differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from daihoi.ledger.errors import BadFactsError, UnknownEventError


class FactKind(StrEnum):
    """What a fact may be."""

    TEXT = "text"
    INTEGER = "integer"
    TRUTH = "true or false"
    DIGEST = "sha256"
    MARKS = "candidate -> mark"
    REASONS = "candidate -> list of reasons"
    LIST = "list"
    TABLE = "table"


@dataclass(frozen=True)
class Fact:
    """One field of an event. An optional fact may be left out; no fact is ever null."""

    kind: FactKind
    meaning: str
    optional: bool = False


@dataclass(frozen=True)
class EventTerm:
    """An event as it is declared. `human`: carries `at` and `by`. `counts`: the result follows from it."""

    kind: str
    meaning: str
    facts: Mapping[str, Fact]
    human: bool = False
    counts: bool = True


_DIGEST = re.compile(r"[0-9a-f]{64}")


def _texts(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(held, str) for held in value)


_FITS: Mapping[FactKind, Callable[[object], bool]] = {
    FactKind.TEXT: lambda value: isinstance(value, str),
    # True is an int to Python and is none to anybody else.
    FactKind.INTEGER: lambda value: isinstance(value, int) and not isinstance(value, bool),
    FactKind.TRUTH: lambda value: isinstance(value, bool),
    FactKind.DIGEST: lambda value: isinstance(value, str) and _DIGEST.fullmatch(value) is not None,
    FactKind.MARKS: lambda value: isinstance(value, Mapping) and all(isinstance(one, str) for one in value.values()),
    FactKind.REASONS: lambda value: isinstance(value, Mapping) and all(_texts(one) for one in value.values()),
    FactKind.LIST: lambda value: isinstance(value, list | tuple),
    FactKind.TABLE: lambda value: isinstance(value, Mapping),
}


def check_facts(kind: str, facts: Mapping[str, object], declared: Mapping[str, EventTerm] | None = None) -> EventTerm:
    """The declaration of this event, when the facts are its facts; `declared` are a count's events unless given.

    Raises UnknownEventError, BadFactsError.
    """
    term = (EVENTS if declared is None else declared).get(kind)
    if term is None:
        raise UnknownEventError(kind=kind)
    for name in facts:
        if name not in term.facts:
            raise BadFactsError(kind=kind, field=name, expected="no such fact", found=type(facts[name]).__name__)
    for name, fact in term.facts.items():
        if name not in facts:
            if fact.optional:
                continue
            raise BadFactsError(kind=kind, field=name, expected=fact.kind.value, found="nothing")
        if not _FITS[fact.kind](facts[name]):
            raise BadFactsError(kind=kind, field=name, expected=fact.kind.value, found=type(facts[name]).__name__)
    return term


def _text(meaning: str, *, optional: bool = False) -> Fact:
    return Fact(FactKind.TEXT, meaning, optional)


def _integer(meaning: str, *, optional: bool = False) -> Fact:
    return Fact(FactKind.INTEGER, meaning, optional)


def _digest(meaning: str, *, optional: bool = False) -> Fact:
    return Fact(FactKind.DIGEST, meaning, optional)


_DECLARED = (
    EventTerm(
        "count.opened",
        "A count was begun: which contest, by which election file, for which printed sheet, with which software.",
        {
            "contest": _text("id of the contest"),
            "rehearsal": Fact(FactKind.TRUTH, "whether ballots of a rehearsal are counted"),
            "election_sha256": _digest("of ELECTION.toml as it was given"),
            "sheet_sha256": _digest("of sheet.json"),
            "software": _text("name and version of the program"),
        },
    ),
    EventTerm(
        "election.replaced",
        "The election file was given again with other bytes (figures filled in); what was printed is the same.",
        {"election_sha256": _digest("of the new ELECTION.toml")},
    ),
    EventTerm(
        "backs.ordered",
        "Sheets of two sides were scanned one side at a time; or it was said that they were not.",
        {"backs": _text("same or reversed: the backs of a pile come after its fronts; between: each after its front")},
    ),
    EventTerm(
        "image.taken",
        "One file of scans was copied into the count and is safe on disk.",
        {
            "file": _text("as it was named under the folder of scans, with / between folders"),
            "stored": _text("where the copy lies in the count"),
            "sha256": _digest("of the file, byte for byte"),
            "bytes": _integer("length of the file"),
            "pages": _integer("pages in the file; 0 when it cannot be opened"),
        },
    ),
    EventTerm(
        "readers.named",
        "From here on pages are read by these readers; said before the first page, and when they are others.",
        {
            "software": _text("name and version of the program"),
            "source": _text("what took the pictures: scanner, or phone (photographs)"),
            "readers": Fact(FactKind.LIST, "tables of reader (first, second, learned) and sha256 of its source"),
        },
    ),
    EventTerm(
        "page.read",
        "One page was read by machine. What a person decides later never alters this.",
        {
            "file": _text("as in image.taken"),
            "index": _integer("page within the file, from 0"),
            "page": _integer("side of the sheet by its code: 1 front, 2 back"),
            "marks": Fact(FactKind.MARKS, "each candidate on this side, with a word of `marks`"),
            "proposals": Fact(FactKind.MARKS, "the likelier mark of each doubtful candidate"),
            "doubts": Fact(FactKind.REASONS, "why a mark is doubtful, by candidate"),
            "foreign": Fact(FactKind.LIST, "ink elsewhere: tables of ground and box in hundredths of a millimetre"),
            "turn": _integer("quarter turns clockwise in which the image lay", optional=True),
            "dpi_milli": _integer("thousandths of a pixel per inch, from the corner marks", optional=True),
            "pixels_sha256": _digest("of the decoded pixels: the same page twice is found by it", optional=True),
            "alike": _text("an earlier page, file#index, that looks like the same sheet", optional=True),
        },
    ),
    EventTerm(
        "page.refused",
        "One page, or a file that cannot be opened (index 0), was not read; a person must deal with it.",
        {
            "file": _text("as in image.taken"),
            "index": _integer("page within the file, from 0"),
            "reason": _text("code of the reason"),
            "found": _text("what was found"),
            "expected": _text("what was expected"),
            "pixels_sha256": _digest("of the decoded pixels, where there are any", optional=True),
        },
    ),
    EventTerm(
        "batch.begun",
        "One page is a separator slip: what follows it in its folder, up to the next slip, is of this batch.",
        {
            "file": _text("as in image.taken"),
            "index": _integer("page within the file, from 0"),
            "batch": _integer("number of the batch, from 1"),
            "batches": _integer("how many batches there are"),
            "ballots": _integer("ballots in the batch as counted by hand"),
            "pixels_sha256": _digest("of the decoded pixels, where there are any", optional=True),
        },
    ),
    EventTerm(
        "decision.made",
        "The board decided one row of review.csv; the last decision on the same place holds.",
        {
            "ballot": _text("the ballot, or page:<file>#<index>"),
            "candidate": _text("the candidate; empty for a whole ballot or a page"),
            "reason": _text("as it stood in the row"),
            "proposal": _text("what the machine proposed"),
            "decision": _text("the board's word"),
            "scanned": _integer("of a batch counted again: its sheets when that was said", optional=True),
        },
        human=True,
    ),
    EventTerm(
        "decision.withdrawn",
        "The board took back its answer on one row of review.csv: the row is as if it had never been answered.",
        {
            "ballot": _text("as in decision.made"),
            "candidate": _text("as in decision.made"),
            "decision": _text("the word that held until now"),
        },
        human=True,
    ),
    EventTerm(
        "batch.removed",
        "A batch was taken out of the count, to be scanned again: none of these pages counts, their scans stay.",
        {
            "batch": _text("slip:<batch>/<batches>/<ballots>, or folder:<folder of scans>"),
            "pages": Fact(FactKind.LIST, "every page and slip of it that stood in the ledger, as file#index"),
            "reason": _text("why, in the words of who did it"),
        },
        human=True,
    ),
    EventTerm(
        "keyed.begun",
        "A count was begun that people key from the papers: first in its ledger, in the place of count.opened.",
        {
            "contest": _text("id of the contest"),
            "rehearsal": Fact(FactKind.TRUTH, "whether ballots of a rehearsal are counted"),
            "election_sha256": _digest("of ELECTION.toml"),
            "software": _text("name and version of the program"),
        },
    ),
    EventTerm(
        "pile.counted",
        "A pile of papers was counted by hand, to be keyed.",
        {"pile": _integer("number of the pile, from 1"), "papers": _integer("papers in it")},
        human=True,
    ),
    EventTerm(
        "paper.keyed",
        "Somebody keyed a paper, without seeing what another keyed of it.",
        {
            "pile": _integer("as in pile.counted"),
            "paper": _integer("place in the pile, from 1"),
            "turn": _integer("1 or 2: the two who key it; 3: a third, where these differ"),
            "attempt": _integer("which time this person keys it, from 1"),
            "marks": Fact(FactKind.MARKS, "each candidate, with a word of `marks`"),
            "standing": _text("valid or a ground, of the paper as a whole; empty where its marks tell"),
        },
        human=True,
    ),
    EventTerm(
        "pile.removed",
        "A pile was taken out of the count: nothing keyed of it counts.",
        {"pile": _integer("as in pile.counted"), "reason": _text("why, in the words of who did it")},
        human=True,
    ),
    EventTerm(
        "sample.drawn",
        "Ballots of a count that stood were drawn by a seed thrown before everybody, to be read from the paper.",
        {
            "seed": _text("the seed as it is hashed"),
            "ballots": _integer("ballots that it was drawn from"),
            "size": _integer("ballots drawn"),
            "shown_wrong": _integer("the fewest wrong ballots of which 19 of 20 such samples hit at least one"),
            "digest": _digest("the digest of the count at the draw"),
        },
        human=True,
        counts=False,
    ),
    EventTerm(
        "sample.read",
        "Somebody keyed a drawn ballot from its paper, without seeing what the count has of it.",
        {
            "draw": _integer("number of the draw, from 1"),
            "place": _integer("place among the ballots, from 1"),
            "ballot": _text("the ballot at this place"),
            "attempt": _integer("which time it was keyed, from 1"),
            "marks": Fact(FactKind.MARKS, "each candidate, with a word of `marks`"),
            "standing": _text("valid or a ground, of the paper as a whole; empty where its marks tell"),
        },
        human=True,
        counts=False,
    ),
    EventTerm(
        "sample.discarded",
        "A sample was set aside: the next is drawn by another seed.",
        {"reason": _text("why, in the words of who did it")},
        human=True,
        counts=False,
    ),
    EventTerm(
        "minutes.written",
        "The minutes were written with this digest at their foot.",
        {
            "docx_sha256": _digest("of bien-ban-kiem-phieu.docx"),
            "pdf_sha256": _digest("of bien-ban-kiem-phieu.pdf"),
            "digest": _digest("the digest of the count: SHA-256 of record.json"),
        },
        human=True,
        counts=False,
    ),
    EventTerm(
        "minutes.signed",
        "Somebody signed the minutes by a key of their own; the signature stands behind the bytes of the PDF.",
        {
            "pdf_sha256": _digest("of bien-ban-kiem-phieu-da-ky.pdf with this signature"),
            "certificate_sha256": _digest("of the signer's certificate in DER"),
            "name": _text("whom the certificate names"),
            "place": _text("board or presidium"),
            "digest": _digest("the digest of the count"),
        },
        human=True,
        counts=False,
    ),
    EventTerm(
        "package.sealed",
        "The package was made and signed.",
        {
            "digest": _digest("the digest of the count"),
            "public_key_sha256": _digest("of the signer's public key in DER"),
            "images": Fact(FactKind.TRUTH, "whether the images lie in the package itself"),
        },
        human=True,
        counts=False,
    ),
)

EVENTS: Mapping[str, EventTerm] = {term.kind: term for term in _DECLARED}
