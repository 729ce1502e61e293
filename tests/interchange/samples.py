"""Results, ballots and records of every kind, as the other programs would get them."""

from __future__ import annotations

from daihoi.interchange import package_file, record_file
from daihoi.interchange.election_file import load_election
from daihoi.interchange.terms import (
    BallotLine,
    CheckLine,
    PageRef,
    RefusedLine,
    ResultDocument,
    ReviewRow,
    TallyLine,
    TieLine,
)
from daihoi.rules.terms import CandidateOutcome, InvalidGround, Mark, ResultStatus, Standing
from tests.interchange.elections import RIGHT

ELECTION = load_election(RIGHT.encode(), "ELECTION.toml")
CONTEST = ELECTION.contest("bch")


def pages(number: int) -> tuple[PageRef, ...]:
    return (PageRef(f"tập 1/{number:04d}.jpg", 0, f"{number:064x}"),)


def marks(words: str) -> dict[str, Mark]:
    """Marks of three candidates by letter: k, s; a, d, b, n; ? for doubtful."""
    letters = {
        "k": Mark.KEPT, "s": Mark.STRUCK, "a": Mark.AGREE, "d": Mark.DISAGREE, "b": Mark.BOTH, "n": Mark.NONE,
        "?": Mark.DOUBTFUL,
    }  # fmt: skip
    return {f"c0{place}": letters[word] for place, word in enumerate(words, 1)}


BALLOTS = (
    BallotLine("b0001", marks("kks"), pages(1), Standing.VALID, (), ("c01", "c02")),
    BallotLine("b0002", marks("kss"), pages(2), Standing.VALID, (), ("c01",)),
    BallotLine("b0003", marks("kkk"), pages(3), Standing.INVALID, (InvalidGround.OVER_VOTE,), ()),
    BallotLine("b0004", marks("sss"), pages(4), Standing.INVALID, (InvalidGround.VOTES_NOBODY,), ()),
    BallotLine("b0005", {}, pages(5), Standing.INVALID, (InvalidGround.NOT_ISSUED,), ()),
    BallotLine("b0006", marks("k?s"), pages(6), Standing.UNDECIDED, (), ()),
)

REFUSED = (RefusedLine("tập 1/0009.jpg", 0, "code_unreadable", "", "bch 1 1/1"),)

ROWS = (
    ReviewRow("b0006", "c02", "faint+small_ink", "struck", "", "crops/00006-000-002.png"),
    ReviewRow("b0005", "", "NOT_ISSUED", "NOT_ISSUED", "valid", "images/00005.jpg"),
    ReviewRow("page:tập 1/0009.jpg#0", "", "code_unreadable", "rescanned", 'keyed:{"c01":"kept"}', ""),
)


def result(status: ResultStatus = ResultStatus.FINAL) -> ResultDocument:
    """A result with one elected, a tie for the last seat, and nobody behind."""
    return ResultDocument(
        contest="bch",
        status=status,
        base=188,
        issued=185,
        collected=184,
        valid=182,
        invalid=2,
        invalid_by_ground={InvalidGround.OVER_VOTE: 2, InvalidGround.NOT_ISSUED: 0},
        tally=(
            TallyLine("c01", 150, CandidateOutcome.ELECTED),
            TallyLine("c02", 96, CandidateOutcome.TIED),
            TallyLine("c03", 96, CandidateOutcome.TIED),
        ),
        elected=("c01",),
        alternates=(),
        ties=(TieLine(("c02", "c03"), 1),),
        shortfall=0,
        reconciliation=(
            CheckLine("issued_within_present", True, "issued 185; present 185"),
            CheckLine("printed_accounted", None, "printed ?"),
        ),
    )


def record() -> bytes:
    return record_file.build(
        contest="bch",
        software="daihoi 0.1.0",
        settings={"support_percent": 30, "surplus_floor_one": True, "name_order": "given_family_middle"},
        images=[
            record_file.ImageRef("b.jpg", "images/00002.jpg", "2" * 64, 20),
            record_file.ImageRef("a.jpg", "images/00001.jpg", "1" * 64, 10),
        ],
        files={
            name: name.encode()
            for name in (
                "election.toml", "sheet.json", "ballots.jsonl", "refused.jsonl", "review.csv", "result.json",
                "cvr.json", "crops/00006-000-002.png",
            )
        },
        ledger=record_file.LedgerHead(7, "a" * 64),
    )  # fmt: skip


def manifest(*, detached: bool = False) -> bytes:
    members = {"record.json": package_file.member(record()), "ledger.jsonl": package_file.member(b"x")}
    second = package_file.DetachedImages("p-images.zip", "e" * 64, 9, {"images/00001.jpg": package_file.member(b"i")})
    return package_file.build_manifest(
        record_digest=record_file.digest_of(record()), members=members, detached=second if detached else None
    )
