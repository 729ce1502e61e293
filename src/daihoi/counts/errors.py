# ruff: noqa: N818 -- named by what is wrong, as in every room
"""What the COUNT folder refuses.

CountsError
├── FolderError
│   ├── NotACount            the folder holds no count
│   ├── FolderNotEmpty       --out names a folder that holds other things
│   ├── CountIsOpen          another process works on this count
│   ├── LedgerBroken         the ledger was changed by hand
│   ├── ElectionChanged      COUNT/election.toml is not the file that the ledger names
│   ├── AnotherForm          the count was begun for another contest, another printed form or a rehearsal
│   ├── BacksDecided         the order of the backs is asked otherwise after the board has answered
│   ├── ImageChanged         a scan in COUNT/images is not the one that was taken
│   ├── CropMissing          a crop in COUNT/crops is gone
│   └── WriteFailed          a file may not be written
│       └── DiskFull
├── GivenError
│   ├── UnknownContest       the election has no such contest
│   ├── SecretMissing        the form secret does not lie beside the election file
│   ├── FiguresMissing       figures that a count needs are not in the election file
│   ├── ListRefused          the list breaks the regulation
│   ├── NoScans              --scans is no folder
│   ├── NoScanFound          --scans holds no scan, and the count has none
│   └── ScansInCount         --scans and --out lie one within the other
├── CompareError
│   ├── NoCountGiven         only keyed files are to be compared: no list to read them by
│   ├── AnotherCount         the counts are not of the same list, round or printed sheet
│   ├── CountUnfinished      a count was stopped before its files stood
│   └── OutNotOurs           --out holds other things
├── SampleImpossible         a hand sample of no seed, of nothing, or of more ballots than there are
├── ReaderDied               a reading process ended (out of memory, killed)
├── ClusterError
│   ├── ClusterMissing       Dask distributed is not installed
│   ├── ClusterUnreachable   no scheduler answers, or its certificate is not trusted
│   ├── ClusterEmpty         the cluster has no worker
│   ├── ClusterLost          the scheduler went away in the middle
│   └── ClusterDiffers       a worker has another program or other libraries
├── ReviewError
│   ├── NameMissing          a decision without the name of who made it
│   ├── UnknownRow           an answer for a ballot, candidate or page that this count does not have
│   ├── WrongAnswer          a word that does not answer this row
│   ├── ReasonMissing        a batch removed without a word why
│   ├── BatchUnknown         nothing of that batch is in the count
│   ├── KeyedRehearsal       marks keyed of a rehearsal ballot in a real count, or the other way round
│   └── KeyedIncomplete      keyed marks that leave candidates of the sheet without a mark
└── NotReady
    ├── NotFinal             minutes or a package of a count that waits for the board
    │   └── CountStopped     ... or of one whose figures do not agree
    ├── AnswersNotAdopted    answers typed into review.csv that the board has not adopted
    ├── ConfirmationMissing  a plurality that the presidium has not confirmed
    ├── MinutesMissing       a package without minutes
    ├── MinutesStale         minutes of an earlier digest, or changed since they were written
    ├── SampleNotTold        a hand sample noted after the minutes, which do not tell it
    ├── SignedStands         minutes that somebody signed by key would be others
    │   └── SampleBehindSigned   ... by a hand sample, which they do not tell
    ├── SignedChanged        the signed minutes are not those that the ledger names
    └── PackageExists        a package of that name stands already
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar


class CountsError(Exception):
    """The family; the data in `fields`."""

    code: ClassVar[str] = "counts.error"

    def __init__(self, **fields: object) -> None:
        """Keep the data of the refusal by name."""
        super().__init__(f"{self.code} {fields}")
        self.fields: dict[str, object] = fields

    def __reduce__(self) -> tuple[object, tuple[()]]:
        """Travel from a reading process to the one that started it."""
        return partial(type(self), **self.fields), ()


class FolderError(CountsError):
    """The COUNT folder cannot be worked on."""


class NotACount(FolderError):
    """`path` holds no ledger of a count."""

    code = "counts.not_a_count"


class FolderNotEmpty(FolderError):
    """`path` holds files (`found`) and no count."""

    code = "counts.folder_not_empty"


class CountIsOpen(FolderError):
    """Process `pid` works on the count at `path`."""

    code = "counts.count_is_open"


class LedgerBroken(FolderError):
    """Line `line` of the ledger at `path` is not as it was written (`problem` is the finding's code)."""

    code = "counts.ledger_broken"


class ElectionChanged(FolderError):
    """The election file or the sheet at `path` is not the one that the ledger names."""

    code = "counts.election_changed"


class AnotherForm(FolderError):
    """The count at `path` was begun for `begun`, now `given` is asked."""

    code = "counts.another_form"


class BacksDecided(FolderError):
    """The count at `path` holds answers, and its sheets were put together as `begun`; now `given` is asked."""

    code = "counts.backs_decided"


class ImageChanged(FolderError):
    """The copied scan `path` has another digest than the ledger says."""

    code = "counts.image_changed"


class CropMissing(FolderError):
    """The crop `path` is gone."""

    code = "counts.crop_missing"


class WriteFailed(FolderError):
    """`path` could not be written; `problem` is what the system said."""

    code = "counts.write_failed"


class DiskFull(WriteFailed):
    """No space is left for `path`."""

    code = "counts.disk_full"


class GivenError(CountsError):
    """What was given does not suffice."""


class UnknownContest(GivenError):
    """The election has no contest `contest`; `known` are its ids."""

    code = "counts.unknown_contest"


class SecretMissing(GivenError):
    """The form secret `path` is not there."""

    code = "counts.secret_missing"


class FiguresMissing(GivenError):
    """`keys` of the election file are wanted and missing."""

    code = "counts.figures_missing"


class ListRefused(GivenError):
    """The list of `contest` breaks the regulation; `findings` are the ListFindings that refuse."""

    code = "counts.list_refused"


class NoScans(GivenError):
    """`path` is not a folder of scans."""

    code = "counts.no_scans"


class NoScanFound(GivenError):
    """The folder `path` holds no scan, and the count has none from before."""

    code = "counts.no_scan_found"


class ScansInCount(GivenError):
    """The folder of scans `scans` and the count `path` lie one within the other."""

    code = "counts.scans_in_count"


class CompareError(CountsError):
    """Passes that cannot be compared."""


class NoCountGiven(CompareError):
    """None of what is to be compared is a COUNT folder; `path` is the first of it."""

    code = "counts.no_count_given"


class AnotherCount(CompareError):
    """The counts at `path` and `first` differ in `what` (congress, contest, round, seats, candidates, ...)."""

    code = "counts.another_count"


class CountUnfinished(CompareError):
    """The count at `path` was stopped before its files were written."""

    code = "counts.count_unfinished"


class OutNotOurs(CompareError):
    """The folder `path` holds `found`, which no comparison wrote."""

    code = "counts.out_not_ours"


class SampleImpossible(CountsError):
    """No sample of `size` of `ballots` ballots can be drawn by `seed`."""

    code = "counts.sample_impossible"


class ReaderDied(CountsError):
    """A reading process ended while `file` and the pages after it were read."""

    code = "counts.reader_died"


class ClusterError(CountsError):
    """The machines that should read cannot be used."""


class ClusterMissing(ClusterError):
    """Dask distributed is not installed."""

    code = "counts.cluster_missing"


class ClusterUnreachable(ClusterError):
    """No scheduler answers at `address`; `problem` is what was said instead."""

    code = "counts.cluster_unreachable"


class ClusterEmpty(ClusterError):
    """The cluster at `address` has no worker."""

    code = "counts.cluster_empty"


class ClusterLost(ClusterError):
    """The scheduler at `address` went away in the middle."""

    code = "counts.cluster_lost"


class ClusterDiffers(ClusterError):
    """A worker of `address` has `there` where this machine has `here`: it might read otherwise."""

    code = "counts.cluster_differs"


class ReviewError(CountsError):
    """The board's answers cannot be taken."""


class NameMissing(ReviewError):
    """Nobody stands behind the decisions."""

    code = "counts.name_missing"


class UnknownRow(ReviewError):
    """A row of `path` answers for `ballot` and `candidate`, which this count does not have."""

    code = "counts.unknown_row"


class WrongAnswer(ReviewError):
    """A row of `path` says `found` of `ballot`; `expected` are the words that answer it."""

    code = "counts.wrong_answer"


class ReasonMissing(ReviewError):
    """Nobody says why the batch `batch` is removed."""

    code = "counts.reason_missing"


class BatchUnknown(ReviewError):
    """The count at `path` holds no page of the batch `batch`."""

    code = "counts.batch_unknown"


class KeyedRehearsal(ReviewError):
    """Marks keyed for `ballot`, a page refused for `reason`: a rehearsal in a real count, or the other way round."""

    code = "counts.keyed_rehearsal"


class KeyedIncomplete(ReviewError):
    """The marks keyed for `ballot` leave `missing` without a mark."""

    code = "counts.keyed_incomplete"


class NotReady(CountsError):
    """The count is not far enough for this."""


class NotFinal(NotReady):
    """The count at `path` is `status`; `open` rows of `review` wait for the board, `failed` checks do not hold."""

    code = "counts.not_final"


class CountStopped(NotFinal):
    """Figures do not agree, whatever answers are open beside."""

    code = "counts.stopped"


class AnswersNotAdopted(NotReady):
    """The review file at `path` holds answers (`rows`) that the ledger does not."""

    code = "counts.answers_not_adopted"


class ConfirmationMissing(NotReady):
    """The re-ballot is decided by plurality and the override `check` is not in the election file."""

    code = "counts.confirmation_missing"


class MinutesMissing(NotReady):
    """The count at `path` has no minutes."""

    code = "counts.minutes_missing"


class MinutesStale(NotReady):
    """The minutes at `path` are not those of this count."""

    code = "counts.minutes_stale"


class SampleNotTold(NotReady):
    """The minutes at `path` were written before a hand sample was noted."""

    code = "counts.sample_not_told"


class SignedStands(NotReady):
    """The minutes at `path` bear signatures by key, and are not the minutes of this count as it stands."""

    code = "counts.signed_stands"


class SampleBehindSigned(SignedStands):
    """The minutes at `path` bear signatures by key and tell nothing of the hand sample that is to be noted."""

    code = "counts.sample_behind_signed"


class SignedChanged(NotReady):
    """The signed minutes at `path` are gone, or not those that were signed here."""

    code = "counts.signed_changed"


class PackageExists(NotReady):
    """`path` stands already and is not overwritten."""

    code = "counts.package_exists"
