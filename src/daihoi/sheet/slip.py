"""What the codes of a separator slip say, and the check that ties them to one election.

    DHS1:<congress>:<contest>:<round>:<batch>/<batches>:<ballots>:<T real | R rehearsal>:<check>

A slip lies on top of the batch that it names. It is no ballot and stands for none: it tells where in the pile a sheet
lies, and how many ballots people counted in the batch. The text keeps to the alphanumeric alphabet of QR.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass

from daihoi.sheet.identity import keyed_check

SLIP = "DHS1:"
MOST_BATCHES = 999
MOST_BALLOTS = 9999
_SHAPE = re.compile(
    r"DHS1:(?P<congress>[A-Z2-7]{6}):(?P<contest>[A-Z0-9.\-]{1,12}):(?P<round>[1-9][0-9]?)"
    r":(?P<batch>[1-9][0-9]{0,2})/(?P<batches>[1-9][0-9]{0,2}):(?P<ballots>[1-9][0-9]{0,3}):(?P<kind>[TR])"
    r":(?P<check>[A-Z2-7]{16})"
)


@dataclass(frozen=True)
class Slip:
    """One slip: batch `batch` of `batches`, in which people counted `ballots` ballots."""

    congress: str
    contest: str
    round: int
    batch: int
    batches: int
    ballots: int
    rehearsal: bool = False


def slip_key(secret: bytes) -> bytes:
    """The key of the slips, from the form secret: who has it can print slips and no ballots."""
    return hmac.new(secret, b"daihoi separator slips", hashlib.sha256).digest()


def encode(slip: Slip, key: bytes) -> str:
    """The text of the codes of one slip."""
    text = _plain(slip)
    return f"{text}:{keyed_check(key, text.encode('ascii'))}"


def decode(text: str, key: bytes) -> Slip | None:
    """What a code says; None for any text that `encode` with this key could not have written."""
    found = _SHAPE.fullmatch(text)
    if found is None or int(found["batch"]) > int(found["batches"]):
        return None
    plain = text.rpartition(":")[0]
    if not hmac.compare_digest(found["check"], keyed_check(key, plain.encode("ascii"))):
        return None
    return Slip(
        congress=found["congress"],
        contest=found["contest"],
        round=int(found["round"]),
        batch=int(found["batch"]),
        batches=int(found["batches"]),
        ballots=int(found["ballots"]),
        rehearsal=found["kind"] == "R",
    )


def _plain(slip: Slip) -> str:
    kind = "R" if slip.rehearsal else "T"
    return f"{SLIP}{slip.congress}:{slip.contest}:{slip.round}:{slip.batch}/{slip.batches}:{slip.ballots}:{kind}"
