"""What a ballot of one contest says, in words: headings, number of seats, how to vote, the names in order."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from daihoi.interchange.terms import Election
from daihoi.papers.ballots.breaks import bound
from daihoi.papers.errors import LetterMissingError, SameNamesError
from daihoi.papers.typefaces import missing_letters
from daihoi.rules.ballot import most_names
from daihoi.rules.settings import settings_from
from daihoi.rules.terms import Candidate, Contest, PartialDate
from daihoi.sheet.terms import Face, Listed, SheetForm
from daihoi.words import ballot_face as wording


def face_of(election: Election, contest: Contest, form: SheetForm, *, rehearsal: bool) -> Face:
    """The face of the ballot. [244-QĐ/TW art. 17.1; 190-QĐ/TW art. 15.1]

    Raises SameNamesError and LetterMissingError.
    """
    congress = election.congress
    strikes = form is SheetForm.STRIKE_OUT
    settings = settings_from(election.settings)
    own = settings.strike_instruction if strikes else settings.agree_instruction
    how = wording.how_to_vote(form.value, congress.form.value, most_names(contest, settings), _line(own))
    face = Face(
        form=form,
        superior=bound(_line(congress.superior)).upper(),
        organisation=bound(_line(congress.organisation)).upper(),
        congress=bound(_line(congress.title)).upper(),
        kind=wording.KIND,
        title=bound(_line(contest.title)),
        round_line=wording.ROUND.format(round=contest.round) if contest.round > 1 else "",
        seats_line=wording.SEATS.format(seats=f"{contest.seats:02d}"),
        instruction=(how,),
        columns=wording.COLUMNS_STRIKE_OUT if strikes else wording.COLUMNS_AGREE,
        names=listed(contest.candidates),
        page_line=wording.PAGE,
        ruler_line=wording.RULER,
        stamp_line="",
        rehearsal_line=wording.REHEARSAL if rehearsal else "",
        footer=wording.TURN_OVER,
    )
    _check_letters(face)
    return face


def listed(candidates: Sequence[Candidate]) -> tuple[Listed, ...]:
    """The names in ballot order; equal names are told apart by year of birth, by the whole date where years are equal.

    Raises SameNamesError where birth does not tell them apart.
    """
    namesakes: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        namesakes[_line(candidate.name).casefold()].append(candidate)
    notes: dict[str, str] = {}
    for same in namesakes.values():
        if len(same) > 1:
            notes |= _told_apart(same)
    return tuple(Listed(one.id, _line(one.name), notes.get(one.id, "")) for one in candidates)


def _told_apart(same: Sequence[Candidate]) -> dict[str, str]:
    years = {one.id: _year(one.born) for one in same}
    full = {one.id: _date(one.born) for one in same}
    distinct = len(set(years.values())) == len(same)
    notes = years if distinct else full
    seen: dict[str, Candidate] = {}
    for one in same:
        note = notes[one.id]
        other = seen.setdefault(note, one)
        # Someone without a year beside someone with one is still not told apart by a reader who knows neither.
        if other is not one or not note:
            partner = other if other is not one else next(each for each in same if each is not one)
            raise SameNamesError(first=partner.id, second=one.id, name=_line(one.name))
    return {candidate: f"({note})" for candidate, note in notes.items()}


def _year(born: PartialDate | None) -> str:
    return str(born.year) if born else ""


def _date(born: PartialDate | None) -> str:
    if born is None:
        return ""
    parts = [part for part in (born.day, born.month) if part]
    return "/".join([f"{part:02d}" for part in parts] + [str(born.year)])


def _line(text: str) -> str:
    """One line in NFC with single spaces, as it is printed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _check_letters(face: Face) -> None:
    texts = (
        face.superior,
        face.organisation,
        face.congress,
        face.title,
        *face.instruction,
        *(name.label for name in face.names),
    )
    for text in texts:
        for letter in missing_letters(text):
            raise LetterMissingError(letter=letter, codepoint=f"U+{ord(letter):04X}", text=text)
