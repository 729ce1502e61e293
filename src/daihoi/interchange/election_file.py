"""ELECTION.toml to an Election: form alone is checked here (keys, types, ranges, ids), the regulation in `rules`."""

from __future__ import annotations

import codecs
import re
import tomllib

from daihoi.interchange.errors import (
    ClosesBeforeOpensError,
    NotAChoiceError,
    NotUtf8Error,
    RepeatedIdError,
    TomlSyntaxError,
    WrongTypeError,
)
from daihoi.interchange.terms import BoardMember, Congress, Election, MinutesFacts, SettingValue
from daihoi.interchange.toml_table import Table, kind_of
from daihoi.rules.terms import (
    BallotFigures,
    Candidate,
    CandidateId,
    CongressForm,
    Contest,
    ContestId,
    Deduction,
    DeductionGround,
    Office,
    Override,
    Roll,
    RoundKind,
    Source,
)

MOST_CANDIDATES = 100
"""More do not fit on one sheet."""

_TOP = ("congress", "roll", "contests", "board", "minutes", "rules", "overrides")
_CONGRESS = ("title", "organisation", "superior", "place", "opens", "closes", "form", "edition")
_ROLL = ("summoned", "present", "deductions")
_DEDUCTION = ("ground", "count", "note")
_CONTEST = (
    "id", "office", "title", "seats", "round", "round_kind", "follows", "alternates", "prepared", "attending",
    "candidates", "ballots",
)  # fmt: skip
_CANDIDATE = ("id", "name", "born", "party_since", "note", "source", "support")
_BALLOTS = ("printed", "issued", "collected", "spoiled", "unused")
_BOARD = ("name", "role", "unit")
_MINUTES = ("presidium_head", "opened", "closed", "copies")
_OVERRIDE = ("check", "by", "reason", "document")
_ODD = (
    (r"after a key|initial character for a key", "an equals sign is missing, or a key that needs quotes"),
    (r"Unclosed|after a key-value|Expected '\]'|Expected '\}'", "a bracket that is not closed"),
    (
        r"[Uu]nterminated|Unbalanced quotes|Illegal character|Expected ['\"]['\"]['\"]",
        "a text whose closing quote is missing",
    ),
    (r"Unescaped|escape|hex value", "a backslash in a text: write it twice"),
    (r"overwrite|twice|Duplicate|mutate|immutable|redefine", "a key that stands twice"),
    (r"Expected newline", "more stands after the value"),
    (r"Invalid value|Invalid date", "a text without quotes, or no value"),
)
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def load_election(data: bytes, name: str) -> Election:
    """The election in the bytes of a file; `name` is how errors call the file. Raises InterchangeError."""
    top = Table(_toml(data, name), name, "", _TOP)
    congress = _congress(top.table("congress", _CONGRESS))
    settings = _settings(top)
    contests = tuple(_contest(table) for table in top.tables("contests", _CONTEST, least=1))
    _ids_once(name, "contests[{}].id", [contest.id for contest in contests])
    return Election(
        congress=congress,
        roll=_roll(top.table("roll", _ROLL)) if "roll" in top else None,
        contests=contests,
        board=tuple(_board_member(table) for table in top.tables("board", _BOARD)),
        minutes=_minutes(top, settings.get("minutes_copies")),
        settings=settings,
        overrides=tuple(_override(table) for table in top.tables("overrides", _OVERRIDE)),
    )


def _toml(data: bytes, name: str) -> dict[str, object]:
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        raise NotUtf8Error(file=name, line=data.count(b"\n", 0, error.start) + 1) from None
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        place = _PLACE.search(str(error))
        line, column = (int(place[1]), int(place[2])) if place else (0, 0)
        if "at end of document" in str(error):
            line = text.count("\n") + 1
        raise TomlSyntaxError(file=name, path="", line=line, column=column, detail=_odd(str(error))) from None


def _odd(said: str) -> str:
    """What is odd, as one of a few phrases that can be said in any language; the library speaks English alone."""
    return next((phrase for begins, phrase in _ODD if re.search(begins, said)), "a line that is not understood")


def _congress(table: Table) -> Congress:
    congress = Congress(
        title=table.text("title"),
        organisation=table.text("organisation"),
        superior=table.text("superior"),
        place=table.text("place"),
        opens=table.day("opens"),
        closes=table.day("closes"),
        form=table.word("form", CongressForm),
        edition=table.text_or("edition"),
    )
    if congress.closes < congress.opens:
        opens, closes = congress.opens.strftime("%d/%m/%Y"), congress.closes.strftime("%d/%m/%Y")
        raise ClosesBeforeOpensError(file=table.file, path=table.at("closes"), opens=opens, closes=closes)
    return congress


def _roll(table: Table) -> Roll:
    lines = tuple(
        Deduction(line.word("ground", DeductionGround), line.whole("count"), line.text_or("note"))
        for line in table.tables("deductions", _DEDUCTION)
    )
    return Roll(table.whole("summoned"), table.whole("present"), lines)


def _contest(table: Table) -> Contest:
    # A second round that nobody called a re-ballot of the tied must not be won by plurality.
    number = table.whole_or("round", 1, least=1, most=99)
    kind = RoundKind.FIRST if number == 1 else RoundKind.FURTHER
    candidates = tuple(_candidate(line) for line in table.tables("candidates", _CANDIDATE, 1, MOST_CANDIDATES))
    _ids_once(table.file, table.at("candidates[{}].id"), [candidate.id for candidate in candidates])
    return Contest(
        id=ContestId(table.id("id")),
        office=table.word("office", Office),
        title=table.text("title"),
        seats=table.whole("seats", least=1),
        candidates=candidates,
        round=number,
        round_kind=table.word("round_kind", RoundKind) if "round_kind" in table else kind,
        follows=_follows(table),
        alternates=table.whole_or("alternates", 0),
        prepared=table.whole_or_none("prepared"),
        attending=table.whole_or_none("attending"),
        figures=_figures(table.table("ballots", _BALLOTS)) if "ballots" in table else None,
    )


def _follows(table: Table) -> ContestId | None:
    if "follows" not in table:
        return None
    follows = table.id("follows")
    if follows == table.values.get("id"):
        path = table.at("follows")
        raise NotAChoiceError(file=table.file, path=path, found=follows, allowed="the id of another contest")
    return ContestId(follows)


def _candidate(table: Table) -> Candidate:
    # Names are compared and printed by their words: a no-break space pasted from a document is a space.
    return Candidate(
        id=CandidateId(table.id("id")),
        name=" ".join(table.text("name").split()),
        born=table.partial_date("born"),
        party_since=table.partial_date("party_since"),
        note=table.text_or("note"),
        source=table.word("source", Source) if "source" in table else Source.PREPARED,
        support=table.whole_or_none("support"),
    )


def _figures(table: Table) -> BallotFigures:
    return BallotFigures(
        printed=table.whole_or_none("printed"),
        issued=table.whole_or_none("issued"),
        collected=table.whole_or_none("collected"),
        spoiled=table.whole_or_none("spoiled"),
        unused=table.whole_or_none("unused"),
    )


def _board_member(table: Table) -> BoardMember:
    return BoardMember(table.text("name"), table.text("role"), table.text_or("unit"))


def _minutes(top: Table, ruled: SettingValue | None) -> MinutesFacts:
    """What is told of the sitting; `ruled` is the number of copies in [rules], which [minutes] goes before."""
    # Of another kind it is refused with the other settings.
    copies = ruled if type(ruled) is int else MinutesFacts.copies
    if "minutes" not in top:
        return MinutesFacts(copies=copies)
    table = top.table("minutes", _MINUTES)
    return MinutesFacts(
        presidium_head=table.text_or("presidium_head") or None,
        opened=table.moment("opened"),
        closed=table.moment("closed"),
        copies=table.whole_or("copies", copies, least=1, most=99),
    )


def _override(table: Table) -> Override:
    return Override(table.text("check"), table.text("by"), table.text("reason"), table.text("document"))


def _settings(top: Table) -> dict[str, SettingValue]:
    """The values of [rules] as they stand; which names there are, `rules.settings` knows."""
    if "rules" not in top:
        return {}
    raw = top.values["rules"]
    table = Table(raw, top.file, "rules", tuple(raw) if isinstance(raw, dict) else ())
    settings: dict[str, SettingValue] = {}
    for key, value in table.values.items():
        if not isinstance(value, bool | int | str):
            expected = "a text, a whole number, true or false"
            raise WrongTypeError(file=top.file, path=table.at(key), expected=expected, found=kind_of(value))
        settings[key] = table.text_or(key) if isinstance(value, str) else value
    return settings


def _ids_once(file: str, path: str, ids: list[CandidateId] | list[ContestId]) -> None:
    # Compared without case: an id becomes part of file names, and Windows knows no case in them.
    seen: set[str] = set()
    for place, found in enumerate(ids):
        if found.lower() in seen:
            raise RepeatedIdError(file=file, path=path.format(place), found=found)
        seen.add(found.lower())
