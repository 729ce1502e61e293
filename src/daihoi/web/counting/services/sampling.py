"""Acts of a hand sample: drawn by the seed that was thrown in the hall, keyed from the paper, set aside."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daihoi.counts import sampling as cores
from daihoi.counts.count_folder import read_folder
from daihoi.counts.errors import SampleImpossible
from daihoi.counts.outputs import derive
from daihoi.web.audit.services import record
from daihoi.web.counting import folders, keying, queries, sampling
from daihoi.web.counting.choices import Way
from daihoi.web.counting.models import Count, HandReading, HandSample, SampledPaper
from daihoi.web.counting.services.keying import require_marks
from daihoi.web.counting.services.opening import place_of, require_open, subject_of


def draw(*, count: Count, seed: str, size: int, by: str) -> HandSample:
    """Draw `size` ballots of a count that stands. Raises ValidationError, CountsError.

    The seed holds: another one is drawn only after the first was set aside with its reason.
    """
    if count.way != Way.SCANNED:
        raise ValidationError(_("A hand sample is drawn from a count that was scanned."))
    if not sampling.is_ready(count):
        raise ValidationError(_("Read and decide everything first: the seed is thrown when the count stands."))
    if count.samples.count() >= cores.MOST_SAMPLES:
        said = _("%(n)d samples were drawn of this count; no more can be verified. Begin another count.")
        raise ValidationError(said % {"n": cores.MOST_SAMPLES})
    digest = queries.progress_of(count).digest
    # Outside of the transaction: it reads the whole ledger.
    derived = derive(read_folder(folders.count_of(count)))
    total = sum(one.classified is not None for one in derived.judged)
    try:
        drawn = cores.sampled(derived, cores.hand_sample(seed, total, size))
    except SampleImpossible:
        said = _("Give the seed as it was read aloud, and from 1 to %(n)d ballots.")
        raise ValidationError(said % {"n": total}) from None
    return _kept(count, seed, total, digest, drawn, by)


@transaction.atomic
def _kept(
    count: Count, seed: str, total: int, digest: str, drawn: tuple[cores.SampleBallot, ...], by: str
) -> HandSample:
    held = require_open(count)
    try:
        with transaction.atomic():
            sample = HandSample.objects.create(
                count=held, seed=cores.seed_of(seed), ballots=total, digest=digest, made_by=by
            )
    except IntegrityError:
        raise ValidationError(_("A sample was drawn already; its seed holds.")) from None
    SampledPaper.objects.bulk_create(
        SampledPaper(
            sample=sample, order=order, draw=one.drawn.draw, digest=one.drawn.digest, place=one.drawn.place,
            ballot=one.ballot, sheet=one.position.sheet, pile=_pile(one),
        )
        for order, one in enumerate(drawn, 1)
    )  # fmt: skip
    facts = {"seed": sample.seed, "ballots": total, "size": len(drawn), "digest": digest}
    record("count.sample_drawn", by=by, subject=subject_of(held), facts=facts, place=place_of(held))
    return sample


def _pile(one: cores.SampleBallot) -> str:
    position = one.position
    return f"{position.batch}/{position.batches}" if position.batch else one.file.rpartition("/")[0]


@transaction.atomic
def key_paper(*, sample: HandSample, order: int, attempt: int, marks: str, standing: str, by: str) -> HandReading:
    """A drawn paper as somebody keyed it; nothing new when it is sent again. Raises ValidationError.

    Of a later attempt only the names that differed are taken, as in a keyed count.
    """
    count = require_open(sample.count)
    if sample.set_aside_at is not None:
        raise ValidationError(_("This sample was set aside."))
    paper = SampledPaper.objects.select_for_update(of=("self",)).filter(sample=sample, order=order).first()
    if paper is None:
        raise ValidationError(_("No such paper was drawn."))
    again = paper.readings.filter(attempt=attempt).first()
    if again is not None:
        return again
    one = next(one for one in sampling.witnesses(sample) if one.paper.pk == paper.pk)
    if attempt != one.attempts + 1 or one.agrees or one.gone:
        raise ValidationError(_("This paper is keyed already."))
    if one.last is not None:
        pairs = enumerate(zip(marks, one.last.marks, strict=False))
        marks = "".join(new if at in one.differs else old for at, (new, old) in pairs)
        standing = standing if keying.STANDING in one.differs else one.last.standing
    require_marks(count.contest, marks, standing)
    kept = HandReading.objects.create(paper=paper, attempt=attempt, marks=marks, standing=standing, by=by)
    facts = {"ballot": paper.ballot, "attempt": attempt}
    record("count.sample_keyed", by=by, subject=subject_of(count), facts=facts, place=place_of(count))
    return kept


@transaction.atomic
def set_sample_aside(*, sample: HandSample, reason: str, by: str) -> None:
    """The head of the board sets a sample aside, as one of a misheard seed; it stays. Raises ValidationError."""
    count = require_open(sample.count)
    if not reason.strip():
        raise ValidationError({"why": _("Say why.")})
    free = HandSample.objects.filter(pk=sample.pk, set_aside_at__isnull=True)
    if free.update(set_aside_at=timezone.now(), set_aside_by=by, reason=reason):
        facts = {"reason": reason}
        record("count.sample_set_aside", by=by, subject=subject_of(count), facts=facts, place=place_of(count))
