"""What the chair reads aloud at each step of an election and at each event, with the clause it rests on.

A sentence is a code with fields: `say` puts both into words. A figure that is not known yet stands as dots.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from daihoi.rules.clauses import Edition, Topic
from daihoi.rules.terms import CongressForm
from daihoi.words.election_day.figures import DOTS, joined, number, share
from daihoi.words.language import N_, in_language
from daihoi.words.minutes.figures import bare_title


@dataclass(frozen=True)
class Line:
    """One sentence of the chair: its English msgid and the subject of the clause it rests on, if any."""

    msgid: str
    topic: Topic | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The facts that the sentence asks for, without those that the form of the sitting gives."""
        found = dict.fromkeys(re.findall(r"{(\w+)}", self.msgid))
        return tuple(name for name in found if name not in _OF_FORM)


@dataclass(frozen=True)
class Spoken:
    """A sentence ready to be read. `clause` is empty where none applies.

    `confirmed`: whether the article of the clause was read; where it was not, a screen says so beside it.
    """

    code: str
    text: str
    clause: str = ""
    confirmed: bool = True


_OF_FORM = ("sitting", "sitting_starts", "voters")
_BASE = {
    CongressForm.DELEGATES: Topic.BASE_DELEGATES,
    CongressForm.MEMBERS: Topic.BASE_MEMBERS,
    CongressForm.MEETING: Topic.BASE_MEETING,
}
SITTINGS: Mapping[CongressForm, str] = {
    CongressForm.DELEGATES: N_("the congress"),
    CongressForm.MEMBERS: N_("the congress"),
    CongressForm.MEETING: N_("the meeting"),
}
VOTERS: Mapping[CongressForm, str] = {
    CongressForm.DELEGATES: N_("delegates"),
    CongressForm.MEMBERS: N_("party members"),
    CongressForm.MEETING: N_("committee members"),
}

LINES: Mapping[str, Line] = {
    "introduced": Line(
        N_(
            "Comrades of {sitting}: we now come to the election of {title}. By secret ballot, {seats} are to be "
            "elected from a list of {candidates}."
        ),
        Topic.VOTING_FORM,
    ),
    "introduction_ballot": Line(
        N_(
            "Before {sitting} elects the secretary directly, each of the {voters} writes or marks one name on the "
            "introduction ballot. It asks your opinion and elects nobody."
        ),
        Topic.VOTING_FORM,
    ),
    "number_put_to_vote": Line(
        N_(
            "The presidium asks {sitting} to decide the number to elect: {seats}. Comrades in favour, raise your "
            "cards. Against? Any other opinion?"
        ),
        Topic.VOTING_FORM,
    ),
    "prepared_list": Line(
        N_(
            "The list prepared by the convening committee names {candidates} for {seats} seats, a surplus of "
            "{surplus}. The list may name at most {limit} more than the seats."
        ),
        Topic.SURPLUS,
    ),
    "nominations_open": Line(
        N_(
            "Does any comrade stand, or nominate somebody, beyond the prepared list? {sitting_starts} considers only "
            "who is supported by more than {percent}% of those attending, that is by at least {needed} of {attending}."
        ),
        Topic.SUPPORT,
    ),
    "support_asked": Line(
        N_("Comrades who support putting {name} before {sitting}, raise your cards; the secretariat counts."),
        Topic.SUPPORT,
    ),
    "support_reached": Line(
        N_(
            "{name} is supported by {support} of {attending} attending; at least {needed} were wanted. "
            "{sitting_starts} considers whether to put the name on the list."
        ),
        Topic.SUPPORT,
    ),
    "support_not_reached": Line(
        N_(
            "{name} is supported by {support} of {attending} attending; at least {needed} were wanted. The name is not "
            "put on the list."
        ),
        Topic.SUPPORT,
    ),
    "withdrawal_put_to_vote": Line(
        N_(
            "{name} asks to withdraw from the list, giving this reason: {reason}. The presidium proposes: {proposal}. "
            "Comrades in favour of the proposal, raise your cards. Against? Any other opinion?"
        ),
        Topic.VOTING_FORM,
    ),
    "surplus_over_limit": Line(
        N_(
            "The list now names {candidates} for {seats} seats; at most {most} may stand on it. {sitting_starts} gives "
            "its opinion by ballot on those proposed beyond the prepared list, and the list is brought within the "
            "limit."
        ),
        Topic.SURPLUS,
    ),
    "list_put_to_vote": Line(
        N_(
            "The presidium asks {sitting} to adopt the list of {candidates} candidates for {seats} seats. Comrades in "
            "favour, raise your cards. Against? Any other opinion?"
        ),
        Topic.VOTING_FORM,
    ),
    "hand_vote_adopted": Line(
        N_("In favour {agree}, against {against}, other opinions {other}, of {base}. That is more than half: adopted."),
        Topic.VOTING_FORM,
    ),
    "hand_vote_lost": Line(
        N_(
            "In favour {agree}, against {against}, other opinions {other}, of {base}. That is not more than half: not "
            "adopted."
        ),
        Topic.VOTING_FORM,
    ),
    "list_closed": Line(
        N_(
            "The list is closed with {candidates} names, in this order: {names}. From now on nobody joins or leaves it."
        ),
        Topic.NAME_ORDER,
    ),
    "board_put_to_vote": Line(
        N_(
            "The presidium proposes a counting board of {count} comrades, headed by {head}; none of them stands on the "
            "list. Comrades in favour, raise your cards. Against? Any other opinion?"
        ),
        Topic.COUNTING_BOARD,
    ),
    "base_told": Line(
        N_(
            "{summoned} {voters} were summoned and {deducted} are taken off, so the result is reckoned on {base}. "
            "Elected is who has more than half, that is at least {needed} votes."
        ),
    ),
    "box_sealed": Line(
        N_("The counting board shows that the ballot box is empty and seals it before {sitting}."),
        Topic.COUNTING_BOARD,
    ),
    "how_to_strike": Line(
        N_(
            "On the ballot are {candidates} names and {seats} are to be elected. Strike through the middle of the "
            "whole name, family name and given name, of each person you do not vote for. Leave at most {seats} names; "
            "you may leave fewer."
        ),
        Topic.BALLOT_PAPER,
    ),
    "how_to_agree": Line(
        N_(
            "On the ballot are {candidates} names and {seats} are to be elected. Beside each name put an X into one of "
            "the two squares: agree or disagree. Both squares or neither give that person no vote."
        ),
        Topic.BALLOT_PAPER,
    ),
    "how_to_agree_to_one": Line(
        N_(
            "On the ballot is one name. Put an X into one of the two squares: agree or disagree. A ballot with both "
            "squares marked, or with neither, is not valid."
        ),
        Topic.BALLOT_PAPER,
    ),
    "how_not_to_mark": Line(
        N_(
            "Do not sign, do not write anything, do not add a name, use one pen of one colour. Who has made a mistake "
            "and not yet cast the ballot returns it to the counting board and receives another."
        ),
        Topic.BALLOT_VALIDITY,
    ),
    "issued": Line(
        N_("The counting board reports: {present} {voters} are present and {issued} ballots were issued."),
        Topic.COUNTING_BOARD,
    ),
    "spoiled_exchanged": Line(
        N_(
            "A comrade has returned a spoiled ballot. The counting board writes it off as spoiled and issues another; "
            "the spoiled one does not go into the box."
        ),
        Topic.COUNTING_BOARD,
    ),
    "vote_begins": Line(
        N_("{sitting_starts} votes. Please put your ballots into the box in turn, as the counting board shows you."),
        Topic.VOTING_FORM,
    ),
    "vote_ends": Line(
        N_("Has any comrade not yet voted? If nobody has, the vote is closed and the counting board opens the box."),
        Topic.COUNTING_BOARD,
    ),
    "collected": Line(
        N_("The counting board reports: {issued} ballots were issued and {collected} collected. The figures agree."),
        Topic.COUNTING_BOARD,
    ),
    "fewer_collected": Line(
        N_(
            "The counting board reports: {issued} ballots were issued and {collected} collected, {missing} fewer. The "
            "election goes on; the minutes record the difference, and the result is reckoned on the same {base}."
        ),
        Topic.COUNTING_BOARD,
    ),
    "more_collected": Line(
        N_(
            "The counting board reports: {issued} ballots were issued but {collected} collected, {more} more. The "
            "count stops and no result is opened. The presidium proposes that {sitting} decide to set this ballot "
            "aside and vote again."
        ),
    ),
    "more_issued": Line(
        N_(
            "The counting board reports: {present} {voters} are present but {issued} ballots were issued. The vote "
            "stops until the ballots and those present are counted again."
        ),
        Topic.COUNTING_BOARD,
    ),
    "foreign_ballot": Line(
        N_(
            "The counting board has found {count} ballot(s) that it did not issue. It sets them aside, concludes that "
            "they are not valid and records them in the minutes; the remaining ballots are counted."
        ),
        Topic.BALLOT_VALIDITY,
    ),
    "form_voided": Line(
        N_(
            "The printed ballots bear a mistake: {reason}. They are all withdrawn and void; the counting board issues "
            "new ones, and {sitting} votes on these alone."
        ),
    ),
    "counting": Line(
        N_(
            "The counting board counts the ballots. {sitting_starts} pauses; the result will be announced when the "
            "board has signed its minutes."
        ),
        Topic.COUNTING_BOARD,
    ),
    "power_cut": Line(
        N_(
            "The power has failed. Every ballot and every decision so far is kept; the counting board guards the "
            "ballots and goes on as soon as the power is back, or counts by hand."
        ),
    ),
    "counts_differ": Line(
        N_(
            "The independent counts do not agree yet. The counting board finds the ballot in which they differ and "
            "looks at the paper; until then nothing is announced."
        ),
    ),
    "papers_agree": Line(
        N_("Of {collected} ballots collected, {valid} are valid and {invalid} are not. All figures agree."),
        Topic.VOTES,
    ),
    "result_line": Line(N_("{name}: {votes} votes, {percent}% of {base}."), Topic.VOTES),
    "elected": Line(
        N_(
            "Elected with more than half of {base}, from the highest vote down, {count} in all: {names}. The "
            "result is reported to the superior committee for ratification."
        ),
        Topic.RESULT,
    ),
    "nobody_elected": Line(
        N_("Nobody has more than half of {base}; nobody is elected in this round."),
        Topic.RESULT,
    ),
    "alternates": Line(
        N_("Alternate delegates are, in this order: {names}."),
        Topic.DELEGATES,
    ),
    "tie": Line(
        N_(
            "{names} have equal votes for the last {seats} seat(s). The presidium puts these comrades alone on a list, "
            "and {sitting} votes again; who has more votes is elected."
        ),
        Topic.TIES,
    ),
    "tie_again": Line(
        N_("{names} have equal votes once more. {sitting_starts} decides whether to vote again or to leave the seat."),
        Topic.TIES,
    ),
    "elected_by_plurality": Line(
        N_(
            "In the ballot among those who were tied, {names} has more votes. The presidium confirms that more than "
            "half is not required here."
        ),
        Topic.TIES,
    ),
    "shortfall": Line(
        N_(
            "{elected} of {seats} are elected; {missing} are still wanted. The presidium asks {sitting} to decide "
            "whether to vote on for them, and whether to add names."
        ),
        Topic.SHORTFALL,
    ),
    "next_round": Line(
        N_(
            "{sitting_starts} votes on, round {round}: {seats} are to be elected from {candidates} names, on ballots "
            "of another colour ({colour}). Those elected already do not stand."
        ),
        Topic.SHORTFALL,
    ),
    "planned_not_elected": Line(
        N_(
            "{name}, planned as {office}, was not elected to the committee. That election is paused, and the superior "
            "committee is asked for its direction."
        ),
    ),
    "minutes_read": Line(
        N_(
            "The head of the counting board reads the minutes. Its digest begins with {digest}; whoever receives the "
            "package compares it with the paper."
        ),
        Topic.COUNTING_BOARD,
    ),
    "sealed": Line(
        N_(
            "The ballots are sealed and handed over for keeping. Complaints about the election are received within "
            "{days} working days from the close."
        ),
        Topic.COMPLAINTS,
    ),
}


def say(code: str, fields: Mapping[str, object], *, form: CongressForm, edition: Edition, language: str) -> Spoken:
    """The sentence of a code. Facts that are missing or None stand as dots. KeyError for a code that is none.

    A whole number is written the way of the language, a sequence of names is joined, a `percent` is a text as the
    rules give it ("50.40").
    """
    line = LINES[code]
    starting = in_language(language, SITTINGS[form])
    starting = starting[:1].upper() + starting[1:]
    # Whom the chair addresses is written large in Vietnamese wherever it stands.
    sitting = starting if language == "vi" else in_language(language, SITTINGS[form])
    known = {name: _told(name, fields.get(name), language) for name in line.fields}
    known |= {"sitting": sitting, "voters": in_language(language, VOTERS[form])}
    known["sitting_starts"] = starting
    if "title" in known:
        known["title"] = bare_title(known["title"])
    topic = _BASE[form] if code == "base_told" else line.topic
    citation = edition.clauses.get(topic) if topic is not None else None
    return Spoken(
        code,
        in_language(language, line.msgid).format(**known),
        citation.short if citation else "",
        citation.confirmed if citation else True,
    )


def _told(name: str, value: object, language: str) -> str:
    if value is None or value == "" or value == ():
        return DOTS
    if isinstance(value, int):
        return number(value, language)
    if isinstance(value, str):
        return share(value, language).removesuffix("%") if name == "percent" else value
    if isinstance(value, Sequence):
        return joined([str(part) for part in value], language)
    return str(value)
