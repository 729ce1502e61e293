"""The result of a count as it stands: as the reader wrote it, or worked out from what people keyed."""

from __future__ import annotations

from dataclasses import dataclass

from daihoi.interchange import result_file
from daihoi.web.counting import keyed_folder, making, queries
from daihoi.web.counting.choices import Way
from daihoi.web.counting.models import Count, Progress
from daihoi.web.elections.models import Contest
from daihoi.words.figures import digest_words
from daihoi.words.reasons import reason


@dataclass(frozen=True)
class Papers:
    """What the count of record says of the papers themselves; `digest` in groups that a person reads out."""

    valid: int
    invalid: int
    grounds: tuple[tuple[str, int], ...]
    digest: str


def papers_of(contest: Contest) -> Papers | None:
    """The papers of the count that the result comes from; None where there is none yet."""
    count = queries.count_of_record(contest)
    progress = progress_of(count) if count else None
    if progress is None or not progress.result:
        return None
    held = progress.result
    grounds = tuple((reason(name), int(times)) for name, times in held["invalid_by_ground"].items())
    return Papers(int(held["valid"]), int(held["invalid"]), grounds, digest_words(progress.digest))


def progress_of(count: Count) -> Progress:
    """How far a count is, with its result; of a keyed one it is worked out from what was keyed."""
    if count.way != Way.KEYED:
        return queries.progress_of(count)
    result, digest = keyed_folder.result_of(count)
    document = making.plain(result_file.document(result))
    return Progress(count=count, result=document, digest=digest, settled=True, ballots=result.valid + result.invalid)
