"""ballots.jsonl, review.csv and result.json against the recount, line by line and figure by figure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence

from daihoi.verify.election import Figures, Race
from daihoi.verify.node import Node, parse_file, parse_lines, shown
from daihoi.verify.recount import Elected, Sum, Verdict, elect, percent
from daihoi.verify.sheets import History, Paper
from daihoi.verify.terms import BALLOTS, REFUSED, RESULT, REVIEW, Finding

_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_COLUMNS = ["ballot", "candidate", "reason", "proposal", "decision", "crop"]


def check_ballots(data: bytes, papers: Sequence[Paper], verdicts: Sequence[Verdict]) -> list[Finding]:
    """Every line of ballots.jsonl against the ballot that the ledger gives."""
    lines = parse_lines(data, BALLOTS)
    found = []
    if len(lines) != len(papers):
        found.append(Finding("verify.ballots_number", BALLOTS, str(len(papers)), str(len(lines))))
    # Not strict: a missing line is told once above, the others are still compared.
    for place, (line, paper, verdict) in enumerate(zip(lines, papers, verdicts, strict=False), 1):
        right: dict[str, object] = {
            "ballot": paper.ballot,
            "pages": [{"file": page.place[0], "index": page.place[1], "sha256": page.sha256} for page in paper.pages],
            "marks": dict(paper.marks),
            "standing": verdict.standing,
            "grounds": list(verdict.grounds),
            "votes": list(verdict.votes),
        }
        found += _compare(line, right, f"{BALLOTS}:{place}", "verify.ballot_differs")
    return found


def _compare(line: Node, right: Mapping[str, object], member: str, code: str) -> list[Finding]:
    held = dict(line.items())
    found = [
        Finding(code, f"{member} {key}", shown(value), shown(held[key].value) if key in held else "nothing")
        for key, value in right.items()
        if key not in held or not _equal(held[key].value, value)
    ]
    return found + [Finding(code, f"{member} {key}", "nothing", shown(held[key].value)) for key in held.keys() - right]


def _equal(left: object, right: object) -> bool:
    # True == 1 in Python, and a result that says true for 1 is another file.
    return left == right and repr(_sorted(left)) == repr(_sorted(right))


def _sorted(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _sorted(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [_sorted(held) for held in value]
    return value


def check_refused(data: bytes, history: History) -> list[Finding]:
    """Every line of refused.jsonl is a page of the ledger."""
    found = []
    for number, line in enumerate(parse_lines(data, REFUSED), 1):
        if (line["file"].text(), line["index"].whole()) not in history.pages:
            found.append(Finding("verify.refused_unknown", f"{REFUSED}:{number}", "", line["file"].text()))
    return found


def check_review(data: bytes, history: History) -> list[Finding]:
    """Every decision in review.csv is the last one of the ledger on its place, and none of the ledger is left out."""
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    except (ValueError, csv.Error) as error:
        return [Finding("verify.malformed", REVIEW, "CSV in UTF-8", str(error)[:100])]
    if not rows or rows[0] != _COLUMNS or any(len(row) != len(_COLUMNS) for row in rows):
        return [Finding("verify.malformed", REVIEW, ",".join(_COLUMNS), shown(rows[:1]))]
    # What the board typed and nobody adopted would be a decision that was not counted.
    found = []
    seen = set()
    for number, row in enumerate(rows[1:], 2):
        ballot, candidate, _, _, decision, _ = (cell[1:] if _GUARDED.match(cell) else cell for cell in row)
        seen.add((ballot, candidate))
        made = history.decisions.get((ballot, candidate), "")
        if decision != made:
            found.append(Finding("verify.decision_differs", f"{REVIEW}:{number}", made, decision))
    for ballot, candidate in sorted(history.decisions.keys() - seen):
        found.append(Finding("verify.decision_lost", REVIEW, f"{ballot} {candidate}".strip()))
    return found


def check_result(data: bytes, race: Race, contest: str, total: Sum, waiting: int) -> list[Finding]:
    """Every figure of result.json against the recount."""
    result = parse_file(data, RESULT)
    come = elect(race, total.votes)
    checks = reconcile(race, total, waiting)
    status = status_of(race, total, waiting)
    final = status == "final"
    tally: list[Mapping[str, object]] = [
        {
            "candidate": candidate,
            "votes": votes,
            "percent_of_base": percent(votes, race.base),
            "outcome": come.outcomes[candidate] if final else None,
        }
        for candidate, votes in total.votes.items()
    ]
    right = _figures(race, contest, total, come) | {
        "status": status,
        "tally": tally,
        "elected": list(come.elected) if final else [],
        "alternates": list(come.alternates) if final else [],
        "ties": [{"candidates": list(people), "seats": seats} for people, seats in come.ties] if final else [],
    }
    written = {key: node for key, node in result.items() if key != "reconciliation"}
    found = _compare(Node({key: node.value for key, node in written.items()}, RESULT), right, RESULT, _DIFFERS)
    # The first figure that differs says more than two whole tables.
    if (lines := [at for at, one in enumerate(found) if one.member == f"{RESULT} tally"]) and "tally" in result:
        found[lines[0] : lines[0] + 1] = _check_tally(result["tally"], tally) or [found[lines[0]]]
    return found + _check_reconciliation(result["reconciliation"], checks)


_DIFFERS = "verify.result_differs"


def _check_tally(node: Node, right: Sequence[Mapping[str, object]]) -> list[Finding]:
    """The first candidate and field that differ; nothing when all are equal."""
    lines = [dict(line.items()) for line in node.list()]
    for place in range(max(len(lines), len(right))):
        held = {key: value.value for key, value in lines[place].items()} if place < len(lines) else {}
        due = right[place] if place < len(right) else {}
        who = str(due.get("candidate") or shown(held.get("candidate")))
        for key in (*due, *sorted(held.keys() - due)):
            if key not in held or key not in due or not _equal(held[key], due[key]):
                figures = [_figure(line[key]) if key in line else "nothing" for line in (due, held)]
                return [Finding(_DIFFERS, f"{RESULT}: {who} {key}", *figures)]
    return []


def _figure(value: object) -> str:
    # `null` as the file spells it.
    return "null" if value is None else shown(value)


def _figures(race: Race, contest: str, total: Sum, come: Elected) -> dict[str, object]:
    return {
        "contest": contest,
        "base": race.base,
        "issued": race.figures.issued,
        "collected": race.figures.collected,
        "valid": total.valid,
        "invalid": total.invalid,
        "invalid_by_ground": dict(total.by_ground),
        "shortfall": come.shortfall,
    }


def status_of(race: Race, total: Sum, waiting: int) -> str:
    """Whether the recount may be announced; a failed check stops it whatever else is open."""
    if False in reconcile(race, total, waiting).values():
        return "stopped"
    return "awaiting_decisions" if total.undecided or waiting else "final"


def reconcile(race: Race, total: Sum, waiting: int) -> dict[str, bool | None]:
    """Whether the papers add up, check by check; None where a figure is missing or something waits."""
    figures = race.figures
    concluded = total.valid + total.invalid
    ballots = concluded + total.undecided
    return {
        "printed_accounted": _printed(figures),
        "issued_within_present": _at_most(figures.issued, figures.present),
        "collected_within_issued": _at_most(figures.collected, figures.issued),
        "valid_and_invalid_are_collected": _concluded(figures.collected, ballots, total.undecided, waiting),
        "votes_within_valid": max(total.votes.values()) <= total.valid,
        "sum_of_votes_within_valid_times_seats": sum(total.votes.values()) <= total.valid * race.most_names,
        "scanned_is_collected": _scanned(figures.collected, ballots, waiting),
    }


def _printed(figures: Figures) -> bool | None:
    if figures.printed is None or figures.issued is None:
        return None
    used = figures.issued + figures.spoiled
    if figures.unused is None:
        return False if used > figures.printed else None
    return figures.printed == used + figures.unused


def _at_most(left: int | None, right: int | None) -> bool | None:
    return None if left is None or right is None else left <= right


def _concluded(collected: int | None, ballots: int, undecided: int, waiting: int) -> bool | None:
    if collected is None:
        return None
    if ballots > collected or (ballots < collected and not waiting):
        return False
    return None if undecided or waiting else True


def _scanned(collected: int | None, ballots: int, waiting: int) -> bool | None:
    if collected is None or (waiting and ballots < collected):
        return None
    return ballots == collected


def _check_reconciliation(node: Node, checks: Mapping[str, bool | None]) -> list[Finding]:
    found = []
    written = {line["check"].text(): line["holds"].value for line in node.list()}
    for check in checks.keys() | written.keys():
        holds = written.get(check, "nothing")
        if check not in checks or holds is not checks[check]:
            found.append(Finding(_DIFFERS, f"{RESULT} {check}", str(checks.get(check, "nothing")), str(holds)))
    return sorted(found, key=lambda finding: finding.member)
