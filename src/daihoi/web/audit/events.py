"""Every act in the browser, declared once: what it means and what it holds. docs/dev/web-ledger.md carries the table.

The counts of ballots have events of their own (`daihoi.ledger.events`); these are the acts of people at the house.
Facts hold codes, keys and figures, never what personnel papers say of somebody.
"""

from __future__ import annotations

from collections.abc import Mapping

from daihoi.ledger.events import EventTerm, Fact, FactKind

SUBJECT = Fact(FactKind.TEXT, "what was acted on: kind:key")


def text(meaning: str, *, optional: bool = False) -> Fact:
    """A fact of text."""
    return Fact(FactKind.TEXT, meaning, optional)


def number(meaning: str, *, optional: bool = False) -> Fact:
    """A whole number."""
    return Fact(FactKind.INTEGER, meaning, optional)


def act(kind: str, meaning: str, **facts: Fact) -> EventTerm:
    """An act of a person: who and when always stand with it, and its subject."""
    return EventTerm(kind, meaning, {"subject": SUBJECT, **facts}, human=True, counts=False)


FIELDS = Fact(FactKind.LIST, "names of the fields that changed")
DIGEST = Fact(FactKind.DIGEST, "of the file, byte for byte")

_DECLARED = (
    act("house.opened", "The house was opened for the first time, and its ledger begun.", software=text("program")),
    act("account.invited", "A person was invited.", role=text("role"), scope=text("organisation; empty: all")),
    act("account.invitation_ended", "An invitation that nobody used was ended.", role=text("role")),
    act("account.joined", "An invited person chose a name and a password.", role=text("role")),
    act("account.signed_in", "A person signed in.", address=text("network address")),
    act("account.refused", "A sign-in was refused.", reason=text("code of the reason"), address=text("address")),
    act("account.signed_out", "A person signed out, or ended another of their sessions."),
    act("account.password_changed", "A password was changed."),
    act("account.second_factor", "The second factor was switched on or off.", on=Fact(FactKind.TRUTH, "on or off")),
    act("account.closed", "An account was closed or opened again.", open=Fact(FactKind.TRUTH, "open now")),
    act(
        "role.granted",
        "A person was given a role.",
        role=text("role"),
        organisation=text("key of the organisation; empty: the whole tree"),
        congress=text("key of the congress; empty: all"),
    ),
    act("role.ended", "A role was taken back.", role=text("role"), organisation=text("key; empty: the whole tree")),
    act("organisation.founded", "An organisation was entered.", code=text("code"), parent=text("key of the parent")),
    act("organisation.changed", "Fields of an organisation were changed.", fields=FIELDS),
    act("organisation.renamed", "An organisation took another name.", name=text("new name"), since=text("date")),
    act("organisation.moved", "An organisation came under another.", parent=text("key of the new parent")),
    act("organisation.merged", "An organisation was merged into another.", into=text("key"), since=text("date")),
    act("person.entered", "A person was entered.", code=text("code"), organisation=text("key of the organisation")),
    act("person.changed", "Fields of a person were changed; what they say stands nowhere here.", fields=FIELDS),
    act("congress.planned", "A congress was entered.", organisation=text("key of the organisation")),
    act("congress.changed", "Fields of a congress were changed.", fields=FIELDS),
    act(
        "congress.session_added",
        "A session was added.",
        session=number("number of the session"),
        starts=text("when it begins"),
    ),
    act(
        "congress.body_seated",
        "Somebody was put into a body of the congress.",
        body=text("body"),
        person=text("key of the person"),
        post=text("head, deputy or member"),
    ),
    act(
        "congress.allocated",
        "It was said how many delegates a unit sends.",
        unit=text("key of the unit"),
        ex_officio=number("ex officio"),
        elected=number("to be elected"),
        designated=number("to be designated"),
        alternates=number("alternates"),
    ),
    act("congress.body_left", "Somebody left a body of the congress.", body=text("body"), person=text("key")),
    act("congress.session_removed", "A session was taken away.", session=number("number of the session")),
    act("congress.seated", "Delegates without a seat were given one.", delegates=number("how many")),
    act("congress.grouped", "Delegates without a group were put into one.", delegates=number("how many")),
    act("congress.group_added", "A group of delegates was added.", number=number("number of the group")),
    act(
        "congress.printed",
        "A paper of the day was made.",
        paper=text("which"),
        copies=number("of how many"),
        again=Fact(FactKind.TRUTH, "whether it was made before"),
        reason=text("why it was made again"),
    ),
    act("delegate.added", "A delegate was entered.", delegate=text("key"), category=text("category")),
    act("delegate.changed", "Fields of a delegate were changed.", delegate=text("key"), fields=FIELDS),
    act("delegate.removed", "A delegate was taken off the list.", delegate=text("key"), person=text("key")),
    act("delegate.looked_at", "The credentials board judged.", delegate=text("key"), credentials=text("its word")),
    act(
        "delegate.replaced",
        "An alternate stepped in for a delegate, or no longer does (without a decision).",
        delegate=text("key of who is replaced"),
        alternate=text("key of the alternate"),
        decision=text("on whose decision"),
    ),
    act("guest.added", "A guest was entered.", guest=text("key")),
    act("guest.changed", "Fields of a guest were changed.", guest=text("key"), fields=FIELDS),
    act(
        "door.passed",
        "Somebody went through the door.",
        session=number("number of the session"),
        way=text("in or out"),
        station=text("name of the station"),
        nonce=text("the number that this scan alone has"),
    ),
    act(
        "roll.frozen",
        "The roll was frozen.",
        number=number("number of the roll"),
        digest=Fact(FactKind.DIGEST, "of it"),
    ),
    act(
        "list.imported",
        "The good rows of a file were imported into a list, all of them or none.",
        file=text("name of the file"),
        sha256=DIGEST,
        new=number("rows that were new"),
        changed=number("rows that changed"),
        unchanged=number("rows as they were"),
        left_out=number("rows that were at fault and stayed out"),
    ),
    act("term.set", "A term was made the current one.", profile=text("three tiers or two")),
    act("list.exported", "A list was taken out as a file.", rows=number("rows"), columns=text("columns, by comma")),
)

EVENTS: Mapping[str, EventTerm] = {term.kind: term for term in _DECLARED}
