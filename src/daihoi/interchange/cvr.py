"""cvr.json: each ballot as a cast vote record of NIST SP 1500-103, version 1.0. [doi 10.6028/NIST.SP.1500-103]

On a strike form a name left standing is the indication; a struck name is none. On an agree form position 1 is the
square "agree", position 2 "disagree". `NumberVotes` is what the ballot gives in the count: 0 on an invalid ballot.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from daihoi.interchange.ballot_lines import UNSEEN_GROUNDS
from daihoi.interchange.terms import BallotLine, Election
from daihoi.ledger import canonical
from daihoi.rules.terms import BallotForm, Contest, InvalidGround, Mark, Standing

_ELECTION, _UNIT, _DEVICE = "election", "congress", "daihoi"
_INDICATION = {
    Mark.KEPT: ("yes", "no"),
    Mark.STRUCK: ("no", "no"),
    Mark.AGREE: ("yes", "no"),
    Mark.DISAGREE: ("no", "yes"),
    Mark.BOTH: ("yes", "yes"),
    Mark.NONE: ("no", "no"),
    Mark.DOUBTFUL: ("unknown", "unknown"),
}

Node = dict[str, object]


def build(
    election: Election, contest: Contest, ballots: Iterable[BallotLine], *, form: BallotForm, software: str
) -> bytes:
    """The bytes of cvr.json: canonical JSON and a line feed; the same ballots give the same bytes.

    GeneratedDate is the day on which the congress closes, at midnight in Vietnam: a file that tells the time of its own
    making could never be made again.
    """
    congress = election.congress
    shell = canonical.line(
        {
            "@type": "CVR.CastVoteRecordReport",
            "Version": "1.0.0",
            "GeneratedDate": f"{congress.closes.isoformat()}T00:00:00+07:00",
            "ReportType": ["adjudicated"],
            "ReportGeneratingDeviceIds": [_DEVICE],
            "ReportingDevice": [{"@id": _DEVICE, "@type": "CVR.ReportingDevice", "Application": software}],
            "GpUnit": [
                {
                    "@id": _UNIT,
                    "@type": "CVR.GpUnit",
                    "Type": "other",
                    "OtherType": f"congress: {congress.form}",
                    "Name": congress.organisation,
                }
            ],
            "Election": [_election(election, contest, form)],
            "CVR": [],
        }
    )
    selections = _Selections(form)
    return _filled(shell, "CVR", [_record(line, contest, selections) for line in ballots])


def _filled(shell: bytes, key: str, members: Sequence[bytes]) -> bytes:
    """Canonical JSON with the empty list at `key` filled; no text can look like it, since its quotes are escaped."""
    empty = f'"{key}":['.encode()
    return shell.replace(empty + b"]", empty + b",".join(members) + b"]", 1)


def _election(election: Election, contest: Contest, form: BallotForm) -> Node:
    return {
        "@id": _ELECTION,
        "@type": "CVR.Election",
        "Name": election.congress.title,
        "ElectionScopeId": _UNIT,
        "Candidate": [
            {"@id": _person(candidate.id), "@type": "CVR.Candidate", "Name": candidate.name}
            for candidate in contest.candidates
        ],
        "Contest": [_contest(contest, form)],
    }


def _contest(contest: Contest, form: BallotForm) -> Node:
    node: Node = {
        "@id": _contest_id(contest),
        "@type": "CVR.CandidateContest",
        "Name": contest.title,
        "NumberElected": contest.seats,
        "VotesAllowed": contest.seats,
        "VoteVariation": "n-of-m",
        "ContestSelection": [
            {
                "@id": _selection(candidate.id),
                "@type": "CVR.CandidateSelection",
                "CandidateIds": [_person(candidate.id)],
            }
            for candidate in contest.candidates
        ],
    }
    if form is BallotForm.AGREE_DISAGREE:
        node |= {"VoteVariation": "other", "OtherVoteVariation": "agree or disagree with each candidate"}
    return node


def _record(line: BallotLine, contest: Contest, selections: _Selections) -> bytes:
    snapshot = f"{line.ballot}-interpreted"
    shot: Node = {
        "@id": snapshot,
        "@type": "CVR.CVRSnapshot",
        "Type": "interpreted",
        "CVRContest": [_marked(line, contest)],
    }
    if line.standing is Standing.UNDECIDED:
        shot["Status"] = ["needs-adjudication"]
    elif line.grounds:
        shot |= {"Status": ["other"], "OtherStatus": " ".join(line.grounds)}
    node: Node = {
        "@type": "CVR.CVR",
        "UniqueId": line.ballot,
        "ElectionId": _ELECTION,
        "CreatingDeviceId": _DEVICE,
        "CurrentSnapshotId": snapshot,
        "CVRSnapshot": [shot],
        "BallotImage": [
            {"@type": "CVR.ImageData", "Hash": {"@type": "CVR.Hash", "Type": "sha-256", "Value": page.sha256}}
            for page in line.pages
        ],
    }
    chosen = [
        selections.of(line, place, candidate.id)
        for place, candidate in enumerate(contest.candidates, 1)
        if candidate.id in line.marks
    ]
    return _filled(canonical.dumps(node), "CVRContestSelection", chosen)


def _marked(line: BallotLine, contest: Contest) -> Node:
    chosen = sum(mark in (Mark.KEPT, Mark.AGREE) for mark in line.marks.values())
    node: Node = {
        "@type": "CVR.CVRContest",
        "ContestId": _contest_id(contest),
        "Selections": chosen,
        "Overvotes": max(0, chosen - contest.seats),
        "Undervotes": max(0, contest.seats - chosen),
        "CVRContestSelection": [],
    }
    if status := _status(line, contest, chosen):
        node["Status"] = status
    return node


def _status(line: BallotLine, contest: Contest, chosen: int) -> list[str]:
    status: list[str] = []
    if InvalidGround.OVER_VOTE in line.grounds:
        status.append("overvoted")
    if InvalidGround.VOTES_NOBODY in line.grounds or InvalidGround.SINGLE_NONE in line.grounds:
        status.append("not-indicated")
    if line.standing is Standing.INVALID:
        status.append("invalidated-rules")
    if line.standing is Standing.VALID and chosen < contest.seats and not UNSEEN_GROUNDS.intersection(line.grounds):
        status.append("undervoted")
    return status


class _Selections:
    """Candidates as ballots chose them: a large congress has a hundred thousand, few differ, each is written once."""

    def __init__(self, form: BallotForm) -> None:
        self._form = form
        self._written: dict[tuple[str, int, Mark, bool, Standing | None], bytes] = {}

    def of(self, line: BallotLine, place: int, candidate: str) -> bytes:
        """The selection of one candidate on one ballot."""
        # An invalid ballot may still list whom it would have voted for elsewhere; here only what counts is a vote.
        voted = line.standing is Standing.VALID and candidate in line.votes
        key = (candidate, place, line.marks[candidate], voted, line.standing)
        if key not in self._written:
            self._written[key] = canonical.dumps(self._selected(*key))
        return self._written[key]

    def _selected(self, candidate: str, place: int, mark: Mark, voted: bool, standing: Standing | None) -> Node:
        yes, no = _INDICATION[mark]
        squares = [_position(standing, 1, yes, int(voted))]
        if self._form is BallotForm.AGREE_DISAGREE:
            squares.append(_position(standing, 2, no, 0))
        return {
            "@type": "CVR.CVRContestSelection",
            "ContestSelectionId": _selection(candidate),
            "OptionPosition": place,
            "TotalNumberVotes": int(voted),
            "SelectionPosition": squares,
        }


def _position(standing: Standing | None, place: int, indicated: str, votes: int) -> Node:
    allocable = "yes" if votes else "no"
    if standing is Standing.UNDECIDED or indicated == "unknown":
        allocable = "unknown"
    node: Node = {
        "@type": "CVR.SelectionPosition",
        "Position": place,
        "HasIndication": indicated,
        "NumberVotes": votes,
        "IsAllocable": allocable,
    }
    if standing is Standing.INVALID and indicated == "yes":
        node["Status"] = ["invalidated-rules"]
    return node


def _contest_id(contest: Contest) -> str:
    return f"contest-{contest.id}"


def _person(candidate: str) -> str:
    return f"candidate-{candidate}"


def _selection(candidate: str) -> str:
    return f"selection-{candidate}"
