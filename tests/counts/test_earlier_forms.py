"""A ballot of a voided form is named by the check that the reader found on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from daihoi.counts.earlier_forms import EarlierForm, earlier_form, form_of
from daihoi.counts.errors import SecretMissing
from daihoi.counts.forms import OwnForm
from daihoi.counts.grounds import grounds_of
from daihoi.counts.session import open_session
from daihoi.interchange.election_file import load_election
from daihoi.interchange.form_secret import read_or_make_secret, secret_path
from daihoi.reading import identify
from daihoi.reading.terms import Refusal, RefusalReason
from daihoi.sheet.terms import Identity
from tests.counts.believer import END, HEAD, Believer
from tests.counts.stand_in import CONTEST, FRAMED, election_text, framed, write_election
from tests.counts.test_session import Hall, stepped
from tests.counts.test_watching import HereReaders

MISSPELT = election_text(collected=2).replace("Vàng A Bình", "Vàng A Bính")


def form(folder: Path, text: str) -> Path:
    """The election file of one form, with a secret of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "election.toml"
    path.write_text(text, encoding="utf-8")
    read_or_make_secret(path)
    return path


def identities(path: Path) -> tuple[Identity, ...]:
    grounds = grounds_of(load_election(path.read_bytes(), path.name), CONTEST)
    return OwnForm(path, grounds, rehearsal=False).identities


@pytest.fixture
def voided(tmp_path: Path) -> tuple[EarlierForm, ...]:
    paths = [form(tmp_path / f"{number}", text) for number, text in ((1, MISSPELT), (2, election_text(collected=2)))]
    return tuple(earlier_form(f"mẫu {number}", path, CONTEST) for number, path in enumerate(paths, 1))


def found_on(page: Identity, tmp_path: Path) -> Refusal:
    """What the reader of the form that holds says of a page of another."""
    refusal = identify._differs(page, identities(form(tmp_path / "holds", election_text(collected=2))))
    assert refusal is not None
    return refusal


def test_ballot_of_a_voided_form_is_named(tmp_path: Path, voided: tuple[EarlierForm, ...]) -> None:
    for number in (1, 2):
        (page,) = identities(tmp_path / f"{number}" / "election.toml")
        refusal = found_on(page, tmp_path)
        assert refusal.reason is RefusalReason.OTHER_FORM
        # A secret of its own is enough: the second form prints the same names as the one that holds.
        assert form_of(refusal, voided) == f"mẫu {number}"


def test_form_that_nobody_knows_has_no_name(tmp_path: Path, voided: tuple[EarlierForm, ...]) -> None:
    (page,) = identities(form(tmp_path / "unknown", MISSPELT))
    assert form_of(found_on(page, tmp_path), voided) == ""
    assert form_of(found_on(page, tmp_path), ()) == ""


def test_other_refusals_name_no_form(voided: tuple[EarlierForm, ...]) -> None:
    check = next(iter(voided[0].checks))
    assert form_of(Refusal(RefusalReason.OTHER_ROUND, found=check), voided) == ""
    assert form_of(Refusal(RefusalReason.OTHER_FORM), voided) == ""
    assert form_of(None, voided) == ""


def test_form_without_its_secret_cannot_be_known(tmp_path: Path) -> None:
    path = form(tmp_path, MISSPELT)
    secret_path(path).unlink()
    with pytest.raises(SecretMissing):
        earlier_form("mẫu 1", path, CONTEST)


def test_question_of_a_session_names_the_form(
    tmp_path: Path, voided: tuple[EarlierForm, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = Hall(tmp_path, write_election(tmp_path, election_text(collected=2)))
    refusal = found_on(identities(tmp_path / "1" / "election.toml")[0], tmp_path)
    monkeypatch.setattr(Believer, "_page", lambda *_: refusal)
    hall.lay("1.jpg", framed(1))
    hall.lay("2.jpg", HEAD + b'{"refuse":"blank_page"}' + END)
    with open_session(
        hall.election,
        CONTEST,
        scans=hall.scans,
        out=hall.out,
        scanner=FRAMED,
        readers=HereReaders,
        earlier=voided,
    ) as session:
        stepped(session, lambda far: far.settled and far.pages == 2)
        assert session.settled is not None
        asked = {one.scan.file: one for one in session.settled.questions}
    assert [(asked[file].form, asked[file].refusal) for file in ("1.jpg",)] == [("mẫu 1", refusal)]
    assert asked["2.jpg"].form == ""
