"""Packages by command: looked at as the page of packages does, and taken in by the same acts.

A digest typed from paper is not told which package it is of: the package that it fits is the one that was signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from daihoi.verify.package import typed_digest
from daihoi.web.organisations.models import Organisation
from daihoi.web.reporting.choices import Verdict
from daihoi.web.reporting.judging import Judged, judge, seen_of
from daihoi.web.reporting.models import Parcel
from daihoi.web.reporting.services import arriving, taking
from daihoi.web.reporting.telling import Told
from daihoi.web.site.loading import BY
from daihoi.words.language import speaking

CHUNK = 1 << 20


@dataclass(frozen=True)
class Asked:
    """What the command was given beside the files."""

    digests: Sequence[str] = ()
    organisation: str = ""
    reason: str = ""
    take: bool = False
    language: str = "vi"


@dataclass(frozen=True)
class Answer:
    """A line for each package that is ready, a sentence for each that is not, and how many were taken in."""

    lines: tuple[str, ...]
    wrong: tuple[str, ...]
    taken: int = 0


def receive(files: Sequence[Path], asked: Asked) -> Answer:
    """Look at packages, and take in those that are ready where that was asked; one that is not stops no other.

    What was looked at and not taken in leaves nothing behind. Raises OSError for a file that cannot be read or written.
    """
    with translation.override(asked.language), speaking(asked.language):
        kept: dict[int, Parcel] = {}
        wrong: list[str] = []
        try:
            for file in files:
                wrong += _kept(file, kept)
            _settle(kept, asked)
            return _answered(kept, wrong, asked)
        except ValidationError as refused:
            return Answer((), (*wrong, *refused.messages))
        finally:
            for one in kept.values():
                arriving.put_away(parcel=one)


def _kept(file: Path, kept: dict[int, Parcel]) -> list[str]:
    """Keep and check a package, with its half of scans where that lies beside it; the sentences of what is wrong."""
    try:
        parcel = _checked(file)
        beside = file.with_name(parcel.scans_name) if parcel.scans_name else None
        if beside is not None and parcel.report.get("images") == "absent" and beside.is_file():
            parcel = _checked(beside)
    except ValidationError as refused:
        return [f"{file.name}: {said}" for said in refused.messages]
    kept[parcel.pk] = parcel
    # A half of scans that was named first is one with its package now.
    for pk in set(kept) - set(Parcel.objects.filter(pk__in=kept).values_list("pk", flat=True)):
        del kept[pk]
    return []


def _checked(file: Path) -> Parcel:
    with file.open("rb") as opened:
        chunks = iter(lambda: opened.read(CHUNK), b"")
        parcel = arriving.keep(name=file.name, chunks=chunks, by=BY, owner=BY, size=file.stat().st_size)
    return arriving.check(parcel=parcel, within=Organisation.objects.all())


def _settle(kept: dict[int, Parcel], asked: Asked) -> None:
    """Say of each what the paper says, and whose it is. Raises ValidationError."""
    organisation = None
    if asked.organisation:
        organisation = Organisation.objects.filter(code=asked.organisation).first()
        if organisation is None:
            raise ValidationError(_("No organisation has the code %(code)s.") % {"code": asked.organisation})
    typed = {typed_digest(one): one for one in asked.digests}
    for one in kept.values():
        # One paper and one package belong together, also where they do not agree.
        alone = asked.digests[0] if len(kept) == len(asked.digests) == 1 else ""
        arriving.settle(parcel=one, typed=typed.pop(one.digest, alone), reason=asked.reason, organisation=organisation)
    if typed and len(kept) != 1:
        words = _("The digest %(digest)s is of none of these packages; compare it with the paper.")
        raise ValidationError([words % {"digest": one} for one in typed.values()])


def _answered(kept: dict[int, Parcel], wrong: list[str], asked: Asked) -> Answer:
    within = Organisation.objects.all()
    parcels = list(Parcel.objects.filter(pk__in=kept).select_related("organisation").order_by("pk"))
    judged = judge(parcels, within)
    known = [one for one in judged if one.verdict is Verdict.KNOWN]
    ready = [one for one in judged if one.ready]
    # The same command again is no fault: what is here already is told and passed over.
    wrong += [_said(one) for one in judged if one not in ready and one not in known]
    lines = (*map(_said, known), *(line for one in ready for line in _lines(one)))
    if not asked.take or not ready:
        return Answer(lines, tuple(wrong))
    made = taking.take(parcels=[one.parcel for one in ready], within=within, seen=seen_of(ready), by=BY)
    return Answer(lines, tuple(wrong), len(made))


def _said(one: Judged) -> str:
    return f"{one.parcel.file_name}: {one.sentence}"


def _lines(one: Judged) -> Iterator[str]:
    """What a package holds, as the preview of the page shows it."""
    told = Told(one.parcel.says)
    place = one.parcel.organisation
    yield f"{one.parcel.file_name}: {one.verdict.label}"
    yield f"  {place} ({place.code if place else ''}). {told.says['title']}{', ' if told.round else ''}{told.round}"
    words = _("  elected %(n)d of %(seats)d, base %(base)d")
    yield words % {"n": told.says["elected"], "seats": told.says["seats"], "base": told.says["base"]}
    if told.keyed:
        yield _("  keyed from the papers by two people, without a scanner")
    if told.sample:
        yield f"  {told.sample}"
    for line in told.elected:
        yield f"    {line.name}: {line.votes} ({line.percent})"
    yield from (f"  {tie}" for tie in told.ties)
