"""The acts on elections. What came out of a count stands in its own record; here only its digest."""

from __future__ import annotations

from daihoi.ledger.events import Fact, FactKind
from daihoi.web.audit.events.declaring import FIELDS, act, number, text

REASON = text("why")
DECLARED = (
    act("sitting.opened", "A body that votes was entered.", sitting=text("which")),
    act("sitting.changed", "Fields of a body that votes were changed.", sitting=text("which"), fields=FIELDS),
    act(
        "sitting.members_seated",
        "People were put onto the roll of a meeting.",
        sitting=text("which"),
        people=Fact(FactKind.LIST, "keys of the people"),
    ),
    act(
        "sitting.member_noted",
        "It was noted whether a member of a meeting is there, or is taken off its base.",
        sitting=text("which"),
        person=text("key"),
        absence=text("ground; empty: in the base"),
    ),
    act(
        "contest.added",
        "A contest was entered.",
        office=text("what is elected"),
        seats=number("number to elect"),
        round=number("which ballot"),
    ),
    act("contest.changed", "Fields of a contest were changed.", fields=FIELDS),
    act(
        "contest.nominated",
        "Somebody was proposed.",
        nomination=text("key"),
        person=text("key of the person"),
        source=text("prepared, self or floor"),
    ),
    act(
        "contest.nominated_many",
        "People were proposed together.",
        people=Fact(FactKind.LIST, "keys of the people"),
        source=text("prepared, self or floor"),
    ),
    act(
        "contest.support_noted",
        "It was noted how many support a nominee.",
        nomination=text("key"),
        support=number("how many"),
        attending=number("of how many attending"),
    ),
    act(
        "contest.opinions_noted",
        "The figures of the opinion ballots were entered.",
        issued=number("opinion ballots issued"),
        valid=number("valid ones"),
    ),
    act(
        "contest.nomination_decided",
        "A nomination was asked back, granted, left off, kept, or its name corrected.",
        nomination=text("key"),
        state=text("how it stands"),
    ),
    act(
        "contest.voted_by_cards",
        "The body voted by show of cards.",
        about=text("subject"),
        members=number("members of the body"),
        present=number("present"),
        agree=number("for"),
        against=number("against"),
        other=number("no opinion"),
    ),
    act(
        "contest.check_set_aside",
        "A named body set a check of the list aside.",
        check=text("code of the check"),
        body=text("who"),
        document=text("on which document"),
    ),
    act("contest.list_closed", "The list was closed.", names=number("names on it"), seats=number("number to elect")),
    act("contest.list_reopened", "A closed list was opened again.", reason=REASON),
    act(
        "ballots.form_made",
        "A form of ballots was made.",
        form=number("number of the form"),
        rehearsal=Fact(FactKind.TRUTH, "whether for a rehearsal"),
        digest=Fact(FactKind.DIGEST, "of one sheet"),
    ),
    act("ballots.form_voided", "A form became void.", form=number("number of the form"), reason=REASON),
    act(
        "ballots.printed",
        "Ballots were printed.",
        form=number("number of the form"),
        copies=number("sheets"),
        rehearsal=Fact(FactKind.TRUTH, "whether for a rehearsal"),
        reason=text("why more"),
    ),
    act("ballots.issued", "Ballots were issued.", present=number("present"), issued=number("ballots")),
    act("ballots.exchanged", "A spoiled ballot was exchanged.", spoiled=number("so many by now")),
    act(
        "ballots.collected",
        "The box was opened and its papers counted.",
        collected=number("papers in the box"),
        unused=number("ballots left over"),
    ),
    act("ballots.figures_corrected", "Figures of papers were corrected.", fields=FIELDS, reason=REASON),
    act("contest.stopped", "A contest was paused or annulled.", state=text("which"), reason=REASON),
    act("contest.resumed", "A paused contest goes on.", reason=REASON),
    act("contest.counted", "The counts of a contest were closed, to be confirmed."),
    act("contest.counting_again", "Nothing was confirmed, and the counting of a contest goes on."),
    act(
        "contest.confirmed",
        "The counting board confirmed a result; its figures stand in the record of the count.",
        digest=Fact(FactKind.DIGEST, "of the record"),
    ),
    act("contest.announced", "A result was announced."),
    act("contest.sealed", "A count was sealed.", digest=Fact(FactKind.DIGEST, "of the package")),
)
