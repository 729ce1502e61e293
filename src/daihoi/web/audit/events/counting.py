"""The acts in the counting room. What was read, keyed or decided is a figure and stands in the count alone."""

from __future__ import annotations

from daihoi.ledger.events import Fact, FactKind
from daihoi.web.audit.events.declaring import act, number, text

BALLOT = text("the ballot, as the count calls it")
BATCH = number("number of the pile")
REASON = text("why")
DECLARED = (
    act(
        "count.begun",
        "A count was begun.",
        contest=text("key of the contest"),
        label=text("what it is called"),
        way=text("scanned, keyed or totals"),
        rehearsal=Fact(FactKind.TRUTH, "whether a rehearsal"),
    ),
    act("count.set_aside", "A count was set aside and is no witness any more.", reason=REASON),
    act(
        "count.every_ballot",
        "It was said whether a person confirms every ballot.",
        on=Fact(FactKind.TRUTH, "whether"),
    ),
    act("count.batch_added", "A pile was counted by hand.", batch=BATCH, papers=number("papers in it")),
    act("count.batch_removed", "A pile was taken out, to be scanned again.", batch=BATCH, reason=REASON),
    act(
        "count.decided",
        "The board decided; what, stands in the count.",
        ballot=BALLOT,
        place=text("mark, ballot or page"),
    ),
    act("count.decision_undone", "A decision of the board was taken back.", ballot=BALLOT),
    act("count.sent_to_head", "A ballot was left to the head of the board.", ballot=BALLOT),
    act("count.looked_at", "A person looked at a ballot that raised no doubt.", ballot=BALLOT),
    act(
        "count.ballot_keyed",
        "A ballot was keyed from the paper; what, stands in the count.",
        batch=BATCH,
        paper=number("place in the pile"),
        turn=number("first, second or third person"),
        attempt=number("which time"),
    ),
    act("count.totals_keyed", "The totals of a tally sheet were keyed.", batch=BATCH),
    act(
        "count.sample_drawn",
        "Ballots were drawn by a public seed, to be read by hand.",
        seed=text("as it was thrown in the hall"),
        ballots=number("ballots that it was drawn from"),
        size=number("ballots that were drawn"),
        digest=Fact(FactKind.DIGEST, "of the count as it stood"),
    ),
    act(
        "count.sample_keyed",
        "A drawn ballot was keyed from the paper; what, stands in the count.",
        ballot=BALLOT,
        attempt=number("which time"),
    ),
    act("count.sample_set_aside", "A sample was set aside; another seed may be thrown.", reason=REASON),
    act("count.closed", "A count was closed."),
    act("count.opened_again", "A closed count was opened again, before anything was confirmed."),
    act("count.minutes_written", "The counting minutes were written.", digest=Fact(FactKind.DIGEST, "of the record")),
    act(
        "count.minutes_signed",
        "Somebody signed the minutes by a key of their own.",
        digest=Fact(FactKind.DIGEST, "of the record"),
        certificate=Fact(FactKind.DIGEST, "of the signer's certificate"),
        where=Fact(FactKind.TEXT, "board or presidium"),
    ),
    act("count.key_made", "The board's key to sign with was made.", key=Fact(FactKind.DIGEST, "of its public half")),
)
