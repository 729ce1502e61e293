"""Sentences for what papers refuse to print."""

from __future__ import annotations

from daihoi.words.language import N_

SENTENCES: dict[str, str] = {
    "papers.same_names": N_(
        'Candidates {first} and {second} are both called "{name}" and nothing on the ballot would tell them apart. '
        "Give each of them `born` (year or full date) in the election file."
    ),
    "papers.letter_missing": N_(
        'The letter "{letter}" ({codepoint}) in "{text}" cannot be printed. Write it with Vietnamese or Latin letters.'
    ),
    "papers.round_too_high": N_("Contest {contest} is in round {round}; the codes of a ballot say at most round 99."),
    "papers.bad_batches": N_(
        "Slips were asked for {batches} batch(es) of {size} ballots, {last} in the last; print 1 to {most_batches} "
        "batches with 1 to {most_ballots} ballots each."
    ),
    "papers.text_too_long": N_(
        '"{text}" does not fit its place even in letters of {size_pt} pt. Shorten it, or take a larger size of card or '
        "sheet."
    ),
    "papers.seat_twice": N_('Seat {seat} is given twice ("{first}", "{second}"). Give everybody a seat of their own.'),
    "papers.nothing_to_print": N_("There is nobody to print for ({paper}). Choose at least one person."),
    "papers.tally_batch": N_(
        "A tally sheet for a batch of {batch} ballots was asked for; a batch has {fewest} to {most}."
    ),
    "papers.not_a_rehearsal": N_(
        "The test deck of {contest} was to be printed on real ballots; prepare the rehearsal ballot and print it on "
        "that."
    ),
    "papers.no_copies": N_("{copies} copies were asked for; print at least one."),
}
