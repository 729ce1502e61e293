"""What a person at the table reads and may answer: the question, its answers with their keys, the proposal last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from daihoi.interchange import decisions
from daihoi.interchange.ballot_lines import MARKS_OF_FORM
from daihoi.interchange.decisions import PageWord
from daihoi.rules.ballot import OBSERVED_GROUNDS
from daihoi.rules.terms import BallotForm, InvalidGround, Mark
from daihoi.web.counting.models import Count, Question
from daihoi.web.elections import making
from daihoi.words.reasons import reason, reasons

PAGE_KEYS = {
    PageWord.RESCANNED: "1",
    PageWord.NOT_A_BALLOT: "2",
    PageWord.NOT_ISSUED: "3",
    PageWord.A_BALLOT: "4",
}


@dataclass(frozen=True)
class Answer:
    """One answer: what is sent, what is read, and the key that says it."""

    word: str
    words: str
    key: str


@dataclass(frozen=True)
class Asked:
    """One question as the table shows it."""

    question: Question
    title: str
    about: str
    answers: tuple[Answer, ...]
    whole: tuple[Answer, ...]
    """Grounds that the board may see on the paper though nobody asked: for the ballot as a whole."""
    proposal: str
    number: int | None = None


def asked(count: Count, question: Question) -> Asked:
    """The question in words."""
    form = making.ballot_form_of(count.contest)
    place = decisions.place_of(question.ballot, question.candidate)
    name, number = _named(count, question)
    if place is decisions.Place.MARK:
        marks = [mark for mark in MARKS_OF_FORM[form] if mark is not Mark.DOUBTFUL]
        return Asked(
            question, name, reasons(question.reason), _numbered([(mark.value, reason(mark)) for mark in marks]),
            observed(), reason(question.proposal), number,
        )  # fmt: skip
    if place is decisions.Place.PAGE:
        title = _("A page that was not read")
        words = reasons(question.reason)
        if question.form_name:
            words = _("%(words)s: form %(n)s of this contest, which is void") % {
                "words": words,
                "n": question.form_name,
            }
        return Asked(question, title, words, _of_page(question), (), reason(question.proposal))
    grounds = [(ground.value, reason(ground)) for ground in _fitting(question, form)]
    whole = _numbered([(decisions.VALID, reason("valid")), *grounds])
    return Asked(question, _("The ballot as a whole"), _about_whole(question), whole, (), reason(question.proposal))


def observed() -> tuple[Answer, ...]:
    """What a board may see on the paper of any ballot, though nobody asked about it."""
    return tuple(Answer(ground.value, reason(ground), "") for ground in OBSERVED_GROUNDS)


def _named(count: Count, question: Question) -> tuple[str, int | None]:
    for one in making.listed(count.contest):
        if one.candidate == question.candidate:
            return one.name, one.number
    return question.candidate, None


def _numbered(words: Sequence[tuple[str, str]]) -> tuple[Answer, ...]:
    return tuple(Answer(word, said, str(at)) for at, (word, said) in enumerate(words, 1))


def _fitting(question: Question, form: BallotForm) -> list[InvalidGround]:
    """Grounds that the board can see on such a ballot; those that follow from marks it does not choose."""
    proposed = [ground for ground in InvalidGround if ground.value == question.proposal]
    nobody = [InvalidGround.VOTES_NOBODY] if form is BallotForm.AGREE_DISAGREE else []
    return list(dict.fromkeys([*OBSERVED_GROUNDS, *nobody, *proposed]))


def _about_whole(question: Question) -> str:
    if question.reason == "no_agree":
        return _("Nobody on the list was agreed to.")
    if question.reason == "seen_by_board":
        return _("The board saw on the paper what the reader did not.")
    return reasons(question.reason)


def _of_page(question: Question) -> tuple[Answer, ...]:
    if question.reason == "batch_count":
        return (Answer(PageWord.RECOUNTED.value, reason(PageWord.RECOUNTED), "1"),)
    return tuple(Answer(word.value, reason(word), key) for word, key in PAGE_KEYS.items())
