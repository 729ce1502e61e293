"""Role cards and the one-page guides: who does what, in which order, what to say, what to do when it goes wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from daihoi.words.language import N_

CARDS = N_("Role cards")
ORDER = N_("IN THIS ORDER")
SAY = N_("SAY")
WHEN = N_("WHAT IF")
CALL = N_("For help: ………………………………")

EVENTS: Mapping[str, str] = {
    "power": N_("Power cut"),
    "key": N_("Key lost"),
    "foreign": N_("Foreign ballot"),
    "more": N_("More than issued"),
    "fewer": N_("Fewer than issued"),
}
DEFAULTS: Mapping[str, str] = {
    "power": N_("Stay with the ballots. What was read and decided is kept; go on when the power is back."),
    "key": N_("The count goes on. Tell the head at once; do not look for it alone."),
    "foreign": N_("Do not mix it in. Lay it aside and call the head."),
    "more": N_("STOP. Touch nothing more; call the head."),
    "fewer": N_("Go on. Tell the head the number; the minutes record it."),
}


@dataclass(frozen=True)
class RoleWords:
    """One role: its name, its steps in order, what it says aloud, and where it acts otherwise than `DEFAULTS`."""

    title: str
    steps: tuple[str, ...]
    says: tuple[str, ...] = ()
    whens: Mapping[str, str] = field(default_factory=dict)


ROLES: Mapping[str, RoleWords] = {
    "head": RoleWords(
        N_("Head of the counting board"),
        (
            N_("Have the printed ballots counted by two people; sign the account of ballot papers."),
            N_("Show the hall that the box is empty; seal it."),
            N_("Report the ballots issued, then those collected, each counted twice."),
            N_("Conclude with the board on every doubtful mark and every ballot that may not be valid."),
            N_("Announce nothing before every line of the reconciliation sheet holds."),
            N_("Read and sign the minutes, compare the digest, seal the ballots, hand them over."),
        ),
        (N_("“… ballots were issued, … collected. The figures agree.”"),),
        {
            "power": N_("Have the ballots guarded. After the longest wait agreed with the presidium count by hand."),
            "key": N_("The second signer seals in your place. Without one the minutes signed on paper hold."),
            "foreign": N_("Conclude with the board: not issued by the board, not valid. Record it."),
            "more": N_("STOP, open no result. Count twice more, then report to the presidium."),
            "fewer": N_("Go on; report the difference. The base stays the same."),
        },
    ),
    "issuer": RoleWords(
        N_("Teller who issues ballots"),
        (
            N_("Take your ballots against signature; count them with your neighbour."),
            N_("Give each voter one ballot, by the list; mark the name."),
            N_("Take a spoiled ballot back, write SPOILED across it, give another."),
            N_("Count what is left with your neighbour; nothing stays on the table."),
            N_("Hand the figures and the papers to the head: issued, spoiled, unused."),
        ),
        (N_("“One ballot. Do not sign or write on it. If you make a mistake, bring it back.”"),),
        {
            "more": N_("STOP issuing when ballots and names differ; count again before the vote goes on."),
            "fewer": N_("Ask once more in the hall whether a ballot was kept; do not search anybody."),
        },
    ),
    "collector": RoleWords(
        N_("Teller at the box"),
        (
            N_("Before the vote: show the empty box, seal it with the head."),
            N_("Stand by the box; let nobody put in more than one ballot."),
            N_("When all have voted: carry the box with a second person, never alone."),
            N_("Open it before the board; unfold the ballots, all the same way up."),
            N_("Make batches of 50, counted twice; put a slip on each batch."),
        ),
        (N_("“Please one by one. The stamp to the top left.”"),),
        {"foreign": N_("Do not tear, do not fold. Lay it aside with its batch number and call the head.")},
    ),
    "operator": RoleWords(
        N_("Operator of the scanner"),
        (
            N_("Evening before: scan the scanner test sheet, then the test deck."),
            N_("Check the sign on the screen: this contest, this round, not a rehearsal."),
            N_("Scan batch by batch; compare the counter with the slip after each."),
            N_("If they differ: remove the batch on the screen, scan it again."),
            N_("Put refused pages aside in order; they are read from the paper."),
            N_("Return each batch to its slip; nothing lies loose on the table."),
        ),
        (N_("“Batch … : 50 by hand, 50 read.”"),),
        {
            "power": N_(
                "Leave the sheets where they lie. When it is back, look which page is last, go on with the next."
            ),
            "foreign": N_("The screen refuses it. Do not scan it again; lay it aside, call the head."),
        },
    ),
    "decider": RoleWords(
        N_("Member who looks at doubtful marks"),
        (
            N_("Look at the row first, then at the whole page; the paper wins over the picture."),
            N_("Say what the voter wrote, not what the voter may have meant."),
            N_("If two of you disagree, leave it to the head of the board."),
            N_("Name the ground of every ballot that is not valid."),
            N_("A wrong key is undone at once; nothing is hidden, all is logged."),
        ),
        (N_("“Ballot … : name … struck, the board agrees.”"),),
    ),
    "keyer": RoleWords(
        N_("Who keys ballots without a scanner"),
        (
            N_("Two key each batch, without seeing or hearing the other."),
            N_("One key for each name, from the first to the last; look at the paper, not at the screen."),
            N_("After each ballot turn it over onto the pile; keep the order."),
            N_("What differs comes back cleared: read it from the paper anew, do not ask the other."),
            N_("Change after an hour; tired eyes make mistakes."),
        ),
        (N_("“Batch … keyed, 50 ballots.”"),),
        {"power": N_("The last ballot you see on the screen is kept. Go on with the next one of the pile.")},
    ),
    "technician": RoleWords(
        N_("Technician"),
        (
            N_("Both laptops on mains and battery, the stick in its place, no other network."),
            N_("Print the tally sheets for a count by hand before the opening."),
            N_("During the count only watch; the board decides, you touch no ballot."),
            N_("First laptop fails: stick into the second one, the head types the passphrase."),
            N_("After sealing: copy the package twice, read its digest to the head."),
        ),
        (N_("“The second laptop goes on from ballot … .”"),),
        {
            "power": N_("Batteries hold the laptops. Restart scanner and server; compare the counter with the pile."),
            "key": N_("Nobody else may open it. The second signer or the paper; do not try passphrases."),
        },
    ),
    "chair": RoleWords(
        N_("Chair of the presidium"),
        (
            N_("Read each sentence from the screen; the figures stand in it."),
            N_("Put the number, the list and the board to the vote by show of cards."),
            N_("Before the ballots go out: announce how many are present."),
            N_("Wait for the board's report of ballots issued and collected."),
            N_("After the result: put ties and seats not filled to the hall."),
        ),
        (N_("“Comrades, it is for you to decide. Those in favour, raise your cards.”"),),
        {
            "power": N_("Ask the hall to stay seated; the board guards the ballots."),
            "key": N_("Nothing to decide; the board answers for it in the minutes."),
            "foreign": N_("Announce it as the board reports it; the count goes on."),
            "more": N_("Put it to the hall to set this ballot aside and vote again."),
            "fewer": N_("Announce the difference; the count goes on."),
        },
    ),
}


@dataclass(frozen=True)
class Step:
    """One step of a guide: which drawing stands beside it, its heading and what to do."""

    drawing: str
    heading: str
    text: str


GUIDE_OF = N_("GUIDE ON ONE PAGE")
GUIDES: Mapping[str, tuple[str, tuple[Step, ...]]] = {
    "teller": (
        N_("TELLER"),
        (
            Step(
                "stack",
                N_("Count your ballots"),
                N_("Two people count the same pile, each alone. Write both figures down before you compare them."),
            ),
            Step(
                "hand_out",
                N_("One voter, one ballot"),
                N_("Give it into the hand, by the list. A mark beside the name for each ballot that leaves the table."),
            ),
            Step(
                "exchange",
                N_("Exchange a spoiled one"),
                N_("Only while it is not in the box: take it back, write SPOILED across it, give another, note it."),
            ),
            Step(
                "box",
                N_("Guard the box"),
                N_("Shown empty, sealed before the hall. One ballot each. Two people carry it, nobody alone."),
            ),
            Step(
                "batches",
                N_("Make batches of 50"),
                N_(
                    "Unfold, all the same way up, the stamp at the top left. Count each batch twice, put a slip on top."
                ),
            ),
            Step(
                "sign",
                N_("Hand over and sign"),
                N_("Issued + spoiled + unused must be what was printed. Sign the account of ballot papers."),
            ),
        ),
    ),
    "operator": (
        N_("OPERATOR OF THE SCANNER"),
        (
            Step(
                "sheet",
                N_("Test the scanner"),
                N_(
                    "Scan the scanner test sheet: 200 dpi, grey or colour, both sides, no blank pages removed, no crop."
                ),
            ),
            Step(
                "laptop",
                N_("Open the right count"),
                N_("Contest, round and the word on the screen: COUNT, not REHEARSAL. The counter stands at 0."),
            ),
            Step(
                "scanner",
                N_("Feed batch by batch"),
                N_("Fan the paper, lay it straight. At most 50 sheets; the next batch when the counter has stopped."),
            ),
            Step(
                "compare",
                N_("Compare after each batch"),
                N_("Counter = slip? Then go on. If not: remove the batch on the screen, count by hand, scan again."),
            ),
            Step(
                "aside",
                N_("Lay aside what is refused"),
                N_("In order, with the number of the batch. Never scan a page twice to see whether it works now."),
            ),
            Step(
                "stick",
                N_("Keep the copy going"),
                N_("The stick stays in: the package for the second laptop is written to it during the count."),
            ),
        ),
    ),
    "head": (
        N_("HEAD OF THE COUNTING BOARD"),
        (
            Step(
                "stack",
                N_("Account for the papers"),
                N_("Printed, issued, spoiled, unused: each counted by two people. You hold the unused ones sealed."),
            ),
            Step(
                "box",
                N_("Seal the box, open it with the board"),
                N_("Empty before the vote, sealed before the hall, opened only when all have voted and all are there."),
            ),
            Step(
                "decide",
                N_("Conclude on the doubtful ones"),
                N_("The program asks, the board answers. Every ballot that is not valid has its ground and your name."),
            ),
            Step(
                "compare",
                N_("Make the counts agree"),
                N_("Scanner A, scanner B, keyed: equal in every figure. Where they differ, the paper decides."),
            ),
            Step(
                "sign",
                N_("Minutes before the result"),
                N_("No figure leaves the room before every line holds and the minutes are signed. Compare the digest."),
            ),
            Step(
                "key",
                N_("Key and passphrase"),
                N_("You hold the key, the second signer the other. Neither lies beside the laptop. Seal the ballots."),
            ),
        ),
    ),
}
