"""What an attack is, and what came out of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from daihoi.reading.both import BothReaders, agreed
from daihoi.reading.terms import GrayImage, ReadMark, ReadPage, Refusal
from daihoi.rules.terms import Mark

from ..hand import AGREE, NAME, Ballot, Page, agree_ballot, ballot, strike_ballot

Words = frozenset[Mark]
KEPT, STRUCK = frozenset({Mark.KEPT}), frozenset({Mark.STRUCK})
EMPTY, YES, NO = frozenset({Mark.NONE}), frozenset({Mark.AGREE}), frozenset({Mark.DISAGREE})
BOTH = frozenset({Mark.BOTH})
ONLY_DOUBT: Words = frozenset()
"""No word of a machine is right here: a person must look."""
PAPERS: Mapping[str, Callable[[], Ballot]] = {
    "strike": strike_ballot,
    "agree": agree_ballot,
    "long": lambda: ballot(70),
}


@dataclass(frozen=True)
class Attack:
    """One page: `make` draws it; `right` are the words that are right for a row (from 0), `rest` for all others.

    `make` is given page 1; `page` is the one that the codes name, and the readers must not take it for another.
    """

    name: str
    paper: str
    make: Callable[[Page], GrayImage]
    right: Mapping[int, Words] = field(default_factory=dict)
    rest: Words = KEPT
    page: int = 1
    known: str = ""
    """Why both readers are fooled, where that stands as a limit in docs/dev/reading.md."""


@dataclass(frozen=True)
class Outcome:
    """What came out: words by row; `wrong` names what must never be."""

    refused: str
    marks: tuple[ReadMark, ...] = ()
    wrong: tuple[str, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Whether a person must look at any row."""
        return any(mark.mark is Mark.DOUBTFUL for mark in self.marks)

    @property
    def shown(self) -> str:
        """In one line."""
        if self.refused:
            return f"refused: {self.refused}"
        counts = Counter(mark.mark.value for mark in self.marks)
        return ", ".join(f"{count} {word}" for word, count in sorted(counts.items()))


@cache
def readers(paper: str) -> BothReaders:
    """The two readers of a ballot."""
    chosen = PAPERS[paper]()
    return BothReaders(chosen.form, chosen.prepared.identities, chosen.reader)


def draw(attack: Attack) -> GrayImage:
    """The page of an attack as the reader gets it."""
    return attack.make(PAPERS[attack.paper]().page())


def attacked(attack: Attack) -> dict[str, Outcome]:
    """What both readers say together, and each alone."""
    image = draw(attack)
    both = readers(attack.paper)
    look = both.first.look(image)
    if isinstance(look, Refusal):
        return {"both": _judged(attack, look)}
    assert both.second is not None
    second = both.second.read(image)
    out = {"both": _judged(attack, agreed(look, second)), "first": _judged(attack, look.page)}
    if second is not None:
        out["second"] = _judged(attack, ReadPage(second.pose.page, 0, 0.0, second.marks))
    return out


def _judged(attack: Attack, answer: ReadPage | Refusal) -> Outcome:
    if isinstance(answer, Refusal):
        return Outcome(answer.reason.value)
    if answer.page != attack.page:
        return Outcome("", answer.marks, (f"page {answer.page} instead of {attack.page}",))
    kind = AGREE if attack.paper == "agree" else NAME
    plan = PAPERS[attack.paper]().prepared.plan.pages[attack.page - 1]
    order = [target.candidate for target in plan.targets if target.kind is kind]
    said = {mark.candidate: mark.mark for mark in answer.marks}
    wrong = []
    for row, candidate in enumerate(order):
        allowed = attack.right.get(row, attack.rest)
        if said[candidate] is not Mark.DOUBTFUL and said[candidate] not in allowed:
            wrong.append(f"row {row + 1} {said[candidate].value}")
    return Outcome("", answer.marks, tuple(wrong))
