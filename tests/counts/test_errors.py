"""Every refusal of the COUNT folder has its sentence, with the data that it is raised with."""

from __future__ import annotations

import pickle

import pytest

from daihoi.counts import errors
from daihoi.counts.errors import CountsError
from daihoi.rules.lists import ListFinding, Severity
from daihoi.words.errors import sentence
from daihoi.words.errors.counts import SENTENCES
from daihoi.words.language import speak, spoken

FINDING = ListFinding(
    "surplus_within_limit", Severity.REFUSE, "190-QĐ/TW Đ14 k1", {"candidates": 9, "seats": 5, "surplus": 4, "limit": 1}
)

RAISED = [
    errors.NotACount(path="C"),
    errors.FolderNotEmpty(path="C", found=["a.jpg"]),
    errors.CountIsOpen(path="C", pid="12"),
    errors.LedgerBroken(path="C", line=3, problem="ledger.wrong_hash"),
    errors.ElectionChanged(path="C"),
    errors.AnotherForm(path="C", begun="bch", given="bt"),
    errors.BacksDecided(path="C", begun="same", given="between"),
    errors.ImageChanged(path="C"),
    errors.SignedStands(path="C"),
    errors.SignedChanged(path="C"),
    errors.SampleBehindSigned(path="C"),
    errors.SampleNotTold(path="C"),
    errors.CropMissing(path="C"),
    errors.WriteFailed(path="C", problem="denied"),
    errors.DiskFull(path="C", problem="full"),
    errors.UnknownContest(contest="bt", known="bch"),
    errors.SecretMissing(path="C"),
    errors.FiguresMissing(contest="bch", keys=["[roll]"]),
    errors.ListRefused(contest="bch", findings=(FINDING,)),
    errors.NoScans(path="C"),
    errors.NoScanFound(path="C"),
    errors.ScansInCount(scans="S", path="C"),
    errors.NoCountGiven(path="C"),
    errors.AnotherCount(path="C", first="D", what="the round"),
    errors.CountUnfinished(path="C"),
    errors.OutNotOurs(path="C", found="a.jpg"),
    errors.ReaderDied(file="1.jpg"),
    errors.ClusterMissing(),
    errors.ClusterUnreachable(address="tcp://10.0.0.1:8786", problem="timed out"),
    errors.ClusterEmpty(address="tcp://10.0.0.1:8786"),
    errors.ClusterLost(address="tcp://10.0.0.1:8786"),
    errors.ClusterDiffers(address="tcp://10.0.0.1:8786", here="daihoi 2", there="daihoi 1"),
    errors.NameMissing(),
    errors.UnknownRow(path="C", ballot="b0001", candidate="c01"),
    errors.WrongAnswer(path="C", ballot="b0001", found="OVER_VOTE", expected=["valid"]),
    errors.SampleImpossible(seed="31415926", ballots=10, size=11),
    errors.ReasonMissing(batch="folder:lo 2"),
    errors.BatchUnknown(path="C", batch="slip:1/2/50"),
    errors.KeyedRehearsal(path="C", ballot="page:1.jpg#0", reason="rehearsal"),
    errors.KeyedIncomplete(path="C", ballot="page:1.jpg#0", missing=("c01",)),
    errors.NotFinal(path="C", status="awaiting_decisions", open=1, review="C/review.csv", failed=[]),
    errors.CountStopped(path="C", status="stopped", open=0, review="C/review.csv", failed=["x"]),
    errors.AnswersNotAdopted(path="C", rows=["b0001 c01"]),
    errors.ConfirmationMissing(path="C", check="tie_reballot_plurality"),
    errors.MinutesMissing(path="C"),
    errors.MinutesStale(path="C"),
    errors.PackageExists(path="C"),
]


def _families(family: type[CountsError]) -> set[type[CountsError]]:
    return {family}.union(*(_families(one) for one in family.__subclasses__()))


@pytest.fixture(autouse=True)
def _english() -> object:
    before = spoken()
    speak("en")
    yield
    speak(before)


@pytest.mark.parametrize("error", RAISED, ids=lambda error: error.code)
def test_refusal_has_a_sentence_with_its_data(error: CountsError) -> None:
    words = sentence(error)

    assert words.endswith((".", "?"))
    assert "{" not in words
    assert error.code not in words
    if "path" in error.fields and "{path}" in SENTENCES[error.code]:
        assert "C" in words


def test_every_code_is_raised_here_and_has_one_sentence() -> None:
    codes = {one.code for one in _families(CountsError) if "code" in vars(one)} - {"counts.error"}

    assert codes == {error.code for error in RAISED} == set(SENTENCES)


def test_every_class_stands_in_the_tree_of_the_module() -> None:
    names = {one.__name__ for one in _families(CountsError)}

    assert not [name for name in names if name not in (errors.__doc__ or "")]


@pytest.mark.parametrize("error", RAISED, ids=lambda error: error.code)
def test_refusal_travels_between_processes(error: CountsError) -> None:
    arrived = pickle.loads(pickle.dumps(error))

    assert type(arrived) is type(error)
    assert arrived.fields == error.fields
