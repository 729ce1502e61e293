"""What may be done with packages that wait, and the one sentence for what may not: the preview of taking them in.

A digest is compared here, and the package's own is never shown before the paper's was typed: who could read it from
the screen would copy it from the screen, and nothing would have been compared.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from daihoi.verify.package import typed_digest
from daihoi.verify.terms import Check
from daihoi.web.organisations.models import Organisation
from daihoi.web.reporting import folders, matching
from daihoi.web.reporting.choices import READY, Verdict
from daihoi.web.reporting.models import Parcel, Received
from daihoi.web.reporting.reading import slot_of
from daihoi.words.errors import sentence_of
from daihoi.words.language import _ as said
from daihoi.words.reasons import VERIFIED

DIGITS = 64
GROUP = 4
VOTE = ("contest", "office", "round", "round_kind")


@dataclass(frozen=True)
class Judged:
    """One package: what may be done with it, why not, and what it would replace."""

    parcel: Parcel
    verdict: Verdict
    sentence: str = ""
    replaces: tuple[Received, ...] = ()
    before: tuple[Received, ...] = ()
    """Results of the very same count that were here before and stand no longer."""
    candidates: Sequence[Organisation] = field(default_factory=tuple)

    @property
    def ready(self) -> bool:
        """Whether it may be taken in as it stands."""
        return self.verdict in READY

    @property
    def asks(self) -> bool:
        """Whether a person can do something about it; what is refused or already here is only put away."""
        return self.verdict not in {Verdict.REFUSED, Verdict.KNOWN, Verdict.HALF, Verdict.UNCHECKED}

    @property
    def named_otherwise(self) -> bool:
        """Whether the organisation chosen bears another name than the package gives."""
        chosen = self.parcel.organisation
        return chosen is not None and not matching.bears(chosen, self.parcel.says.get("organisation", ""))

    @property
    def compared(self) -> bool:
        """Whether the digest on paper was typed and is that of the package."""
        return agrees(self.parcel)

    @property
    def passed(self) -> list[str]:
        """The checks that held, in words."""
        return checks_of(self.parcel, compared=self.compared)

    @property
    def wrong(self) -> list[str]:
        """What was found wrong, a sentence each."""
        return [finding_of(self.parcel, code, fields) for code, fields in self.parcel.findings]


def judge(parcels: Iterable[Parcel], within: QuerySet[Organisation]) -> list[Judged]:
    """Each package as it stands now; `within` are the organisations whose results this person takes in.

    Two queries for all of them, and one for each of which nobody has said whose it is.
    """
    listed = list(parcels)
    digests = {one.digest for one in listed} - {""}
    same: dict[str, list[Received]] = {}
    for one in Received.objects.filter(digest__in=digests):
        same.setdefault(one.digest, []).append(one)
    places = {one.organisation_id for one in listed if one.organisation_id}
    standing: dict[int, list[Received]] = {}
    for one in Received.objects.filter(organisation__in=places, ended_at=None):
        standing.setdefault(one.organisation_id, []).append(one)
    return [_judged(one, within, same.get(one.digest, []), standing) for one in listed]


def _judged(
    parcel: Parcel,
    within: QuerySet[Organisation],
    same: list[Received],
    standing: Mapping[int, list[Received]],
) -> Judged:
    refused = _refusal(parcel)
    if refused is not None:
        return refused
    # Before the digest is asked for: nobody should type 64 digits to learn that nothing is new.
    here = [one for one in same if one.stands]
    if here:
        return Judged(parcel, Verdict.KNOWN, _taken_before(here[0]))
    before = tuple(one for one in same if not one.stands)
    if parcel.organisation is None:
        return _without_place(parcel, before, matching.named(parcel, within))
    replaces = tuple(one for one in standing.get(parcel.organisation.pk, ()) if is_same_vote(one, parcel))
    verdict, sentence = _of_digest(parcel) or _of_slot(parcel, replaces)
    return Judged(parcel, verdict, sentence, replaces, before)


def _refusal(parcel: Parcel) -> Judged | None:
    """What no person can mend here."""
    if not parcel.is_checked:
        return Judged(parcel, Verdict.UNCHECKED, _("The check was cut off. Press “Look again” to check it anew."))
    codes = [code for code, _fields in parcel.findings]
    if codes == ["verify.images_half"]:
        return Judged(parcel, Verdict.HALF, _("These are the scans of a package that is not here yet; send it too."))
    if parcel.report.get("rehearsal"):
        return Judged(parcel, Verdict.REFUSED, _("These are rehearsal ballots: nobody is elected by them."))
    if codes:
        code, fields = parcel.findings[0]
        return Judged(parcel, Verdict.REFUSED, finding_of(parcel, code, fields))
    if parcel.report.get("status") != "final":
        return Judged(parcel, Verdict.REFUSED, _("The count had not come to its end when this was sealed."))
    return None


def finding_of(parcel: Parcel, code: str, fields: Mapping[str, object]) -> str:
    """What is wrong, by the name under which the file was sent: on our disk every package is called alike."""
    if fields.get("member") == folders.PACKAGE:
        fields = {**fields, "member": parcel.file_name}
    return sentence_of(code, fields)


def _taken_before(one: Received) -> str:
    words = _("This very count was taken in on %(day)s by %(who)s; nothing in it is new.")
    return words % {"day": date_format(localtime(one.taken_at), "SHORT_DATETIME_FORMAT"), "who": one.taken_by}


def _without_place(parcel: Parcel, before: tuple[Received, ...], candidates: Sequence[Organisation]) -> Judged:
    name = parcel.says["organisation"]
    if candidates:
        words = _("%(n)d organisations of yours bear the name %(name)s; choose the one that is meant.")
    else:
        words = _("No organisation of yours bears the name %(name)s; type the code of the one that is meant.")
    sentence = words % {"name": name, "n": len(candidates)}
    return Judged(parcel, Verdict.ASKS_PLACE, sentence, before=before, candidates=candidates)


def _of_digest(parcel: Parcel) -> tuple[Verdict, str] | None:
    """What is missing in the comparison with the paper; None where it agrees."""
    typed = typed_digest(parcel.typed)
    if not typed:
        return Verdict.ASKS_DIGEST, _(
            "The package fits together, but anyone could have made it. Type the digest from the foot of the signed "
            "paper minutes; until then it is not taken in."
        )
    if not re.fullmatch(rf"[0-9a-f]{{{DIGITS}}}", typed):
        return Verdict.OTHER_DIGEST, sentence_of(
            "verify.digest_typed", {"expected": str(DIGITS), "found": str(len(typed))}
        )
    if typed != parcel.digest:
        # Not the digest itself, nor how much of it differs: what agrees must come from the paper.
        place = next(at for at in range(DIGITS) if typed[at] != parcel.digest[at]) // GROUP + 1
        words = _(
            "The digest that was typed is not that of this package; they part in group %(n)d of 16. Compare it with "
            "the paper; if the paper says so, this package is not the count that was signed."
        )
        return Verdict.OTHER_DIGEST, words % {"n": place}
    return None


def _of_slot(parcel: Parcel, replaces: tuple[Received, ...]) -> tuple[Verdict, str]:
    if not replaces:
        return Verdict.NEW, ""
    if parcel.reason:
        return Verdict.REPLACES, ""
    words = _("Another count of this contest and round was taken in on %(day)s; say why this one takes its place.")
    day = date_format(localtime(replaces[0].taken_at), "SHORT_DATETIME_FORMAT")
    return Verdict.ASKS_REASON, words % {"day": day}


def is_same_vote(one: Received, parcel: Parcel) -> bool:
    """Whether a result of the same organisation is of the vote that a package is of."""
    return one.slot == slot_of(parcel.says) or vote_of(one) == tuple(parcel.says[name] for name in VOTE)


def vote_of(one: Received) -> tuple[object, ...]:
    """What the package called its contest, and which ballot: a title that was mended leaves it the same vote."""
    return tuple(getattr(one, name) for name in VOTE)


def agrees(parcel: Parcel) -> bool:
    """Whether the digest that was typed from paper is that of the package."""
    return bool(parcel.digest) and typed_digest(parcel.typed) == parcel.digest


def checks_of(parcel: Parcel, *, compared: bool) -> list[str]:
    """The checks that held, in words; that of the paper where it was made."""
    passed = {*parcel.report.get("passed", []), *([Check.DIGEST.value] if compared else [])}
    return [said(VERIFIED[check]) for check in Check if check.value in passed]


def seen_of(judged: Iterable[Judged]) -> str:
    """What a person who confirms has seen, in one digest: whatever of it changes, they look again."""
    told = [
        [one.parcel.key, one.verdict.value, one.parcel.digest, one.parcel.reason,
         one.parcel.organisation.key if one.parcel.organisation else "", [held.key for held in one.replaces]]
        for one in judged if one.ready
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(sorted(told)).encode()).hexdigest()
