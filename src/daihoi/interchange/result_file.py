"""result.json: the result as other programs read it. Percentages are text with two decimals, worked out in integers."""

from __future__ import annotations

from daihoi.interchange.terms import ResultDocument
from daihoi.ledger import canonical
from daihoi.rules.terms import ResultStatus


def percent_of(votes: int, base: int | None) -> str:
    """Votes of the base in percent, two decimals, half up: "50.40". "0.00" where there is no base."""
    if not base or base < 0:
        return "0.00"
    # Integers: 124 of 248 must never be shown as 50.01.
    hundredths = (votes * 20_000 + base) // (2 * base)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def document(result: ResultDocument) -> dict[str, object]:
    """The object of result.json. Unless the result is final it names nobody: no outcome, no elected, no ties."""
    final = result.status is ResultStatus.FINAL
    ties = [{"candidates": list(tie.candidates), "seats": tie.seats} for tie in result.ties]
    return {
        "contest": result.contest,
        "status": result.status,
        "base": result.base,
        "issued": result.issued,
        "collected": result.collected,
        "valid": result.valid,
        "invalid": result.invalid,
        "invalid_by_ground": {ground: number for ground, number in result.invalid_by_ground.items() if number},
        "tally": [
            {
                "candidate": line.candidate,
                "votes": line.votes,
                "percent_of_base": percent_of(line.votes, result.base),
                "outcome": line.outcome if final else None,
            }
            for line in result.tally
        ],
        "elected": list(result.elected) if final else [],
        "alternates": list(result.alternates) if final else [],
        "ties": ties if final else [],
        "shortfall": result.shortfall,
        "reconciliation": [
            {"check": line.check, "holds": line.holds, "detail": line.detail} for line in result.reconciliation
        ],
    }


def dump(result: ResultDocument) -> bytes:
    """The bytes of result.json: canonical JSON and a line feed."""
    return canonical.line(document(result))
