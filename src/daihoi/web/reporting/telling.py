"""What a package says of its contest, in words and figures of the language: in the preview and once it is taken in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daihoi.interchange.record_file import KEYED
from daihoi.web.elections.choices import Office, Outcome, RoundKind
from daihoi.web.reporting.reading import opens_of
from daihoi.words.figures import percent_words


@dataclass(frozen=True)
class Line:
    """One candidate as the count has them."""

    name: str
    votes: int
    percent: str
    words: str
    elected: bool


class Told:
    """The contest and the result of a sound package."""

    def __init__(self, says: dict[str, Any], digest: str = "") -> None:
        self.says = says
        self.digest = digest

    @property
    def office(self) -> str:
        """What is elected."""
        return str(Office(self.says["office"]).label)

    @property
    def round(self) -> str:
        """Which ballot it was; nothing for the first."""
        if self.says["round"] == 1 and self.says["round_kind"] == RoundKind.FIRST:
            return ""
        words = _("ballot %(n)d: %(kind)s")
        return words % {"n": self.says["round"], "kind": RoundKind(self.says["round_kind"]).label}

    @property
    def keyed(self) -> bool:
        """Whether people keyed the papers: then there are no scans to be looked at."""
        return bool(self.says.get("way") == KEYED)

    @property
    def sample(self) -> str:
        """What a hand sample looked at, as the verifier drew it again, and how many it left; empty without any."""
        left = self.says.get("samples_not_checked")
        said = _("Noted before the last act that counts, and not checked: %(n)d.") % {"n": left} if left else ""
        return " ".join(one for one in (self._checked, said) if one)

    @property
    def _checked(self) -> str:
        told = self.says.get("sample")
        if not told:
            return ""
        words = _("%(size)d of %(ballots)d ballots, drawn by the seed “%(seed)s”, were read from the paper as counted.")
        if told["size"] == told["ballots"]:
            return str(words % told)
        bound = _("Were %(shown_wrong)d or more counted wrongly, 19 of 20 such samples would have hit one.")
        return f"{words % told} {bound % told}"

    @property
    def opens(self) -> object:
        """The day of the congress or meeting."""
        return opens_of(self.says)

    @property
    def lines(self) -> list[Line]:
        """From the highest vote down; equal votes in the order of the ballot, which decides nothing."""
        return sorted((_line(one) for one in self.says["lines"]), key=lambda one: -one.votes)

    @property
    def elected(self) -> list[Line]:
        """Those who are elected, from the highest vote down."""
        return [one for one in self.lines if one.elected]

    @property
    def ties(self) -> list[str]:
        """Those of equal votes at the last seat, a sentence each."""
        return [_tie(", ".join(one["names"]), one["seats"]) for one in self.says["ties"]]


def _tie(names: str, seats: int) -> str:
    words = ngettext(
        "%(names)s have equal votes for %(seats)d seat; the congress votes again.",
        "%(names)s have equal votes for %(seats)d seats; the congress votes again.",
        seats,
    )
    return words % {"names": names, "seats": seats}


def _line(one: dict[str, Any]) -> Line:
    outcome = Outcome(one["outcome"])
    return Line(
        one["name"], one["votes"], percent_words(one["percent"]), str(outcome.label), outcome is Outcome.ELECTED
    )
