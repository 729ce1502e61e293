"""Where the papers of a contest lie: its election file and form secrets, a folder for each form.

DATA/contests/<key of the contest>/<number of the form>/election.toml, election.form-secret, sheet.json, blank.pdf
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from daihoi.web.elections.models import BallotForm, Contest

FOLDER = "contests"
ELECTION = "election.toml"
BLANK = "blank.pdf"
SHEET = "sheet.json"


def folder_of_contest(contest: Contest) -> Path:
    """All papers of one contest."""
    return Path(settings.DATA) / FOLDER / contest.key


def folder_of(form: BallotForm) -> Path:
    """One form: a voided one keeps its own, so that its ballots are known again."""
    return folder_of_contest(form.contest) / str(form.number)


def election_file(form: BallotForm) -> Path:
    """The election file that the ballots of the form are counted by; the secret lies beside it."""
    return folder_of(form) / ELECTION
