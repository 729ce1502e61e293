"""`daihoi demo`: a whole election day of a district that does not exist, from the list to the verified package."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import click

from daihoi.cli.ballots import number_of_copies, prepare_form, tell_printed, write_ballots
from daihoi.cli.boundary import ExitCode, FolderNotOursError
from daihoi.cli.count import counted_scans
from daihoi.cli.given import Given, read_given
from daihoi.cli.keys import public_half, write_private
from daihoi.cli.minutes import tell_written
from daihoi.cli.seal import tell_report, tell_sealed
from daihoi.cli.simulate import write_simulation
from daihoi.cli.summary import tell
from daihoi.counts.count import Counted
from daihoi.counts.deciding import decide
from daihoi.counts.minutes import write_minutes
from daihoi.counts.outputs import BALLOTS, REVIEW
from daihoi.counts.sealing import seal
from daihoi.interchange import ballot_lines, decisions, review_file
from daihoi.interchange.election_file import load_election
from daihoi.interchange.terms import ReviewRow
from daihoi.ledger.signatures import new_key
from daihoi.rules.terms import InvalidGround, Mark
from daihoi.simulation.run import TRUTH_NAME, Order
from daihoi.verify.package import verify_package
from daihoi.words.language import _, spoken
from daihoi.words.reasons import reason, reasons

MADE_HERE = ".daihoi-demo"
"""Marks a folder that the demo made and may make anew."""

ELECTION_NAME = "election.toml"
KEY_NAME = "key.pem"
HOUSE_NAME = "house"
_SET_ELSEWHERE = ("DAIHOI_", "DATABASE_", "DJANGO_")
SEEDS: Mapping[str, int] = {"bch": 2004, "bi-thu": 2006, "dai-bieu": 2003}
"""Halls without a tie at the last seat, and with ballots invalid on several grounds."""

CROPS_SHOWN = 6
# The answers of a round may open a question about the whole ballot, and that is the last there can be.
ROUNDS_OF_ANSWERS = 3


@dataclass(frozen=True)
class Stage:
    """One contest of the demo, with the folders of its steps."""

    given: Given
    folder: Path

    @property
    def scans(self) -> Path:
        """Where the simulated scans lie."""
        return self.folder / "scans"

    @property
    def count(self) -> Path:
        """The COUNT folder."""
        return self.folder / "count"

    @property
    def package(self) -> Path:
        """The sealed package."""
        return self.folder / "package.zip"


def command() -> click.Command:
    """`daihoi demo`."""
    return click.Command(
        "demo",
        short_help=_("Show a whole election day of an invented district."),
        help=_(
            "Show a whole election day of an invented district: print, simulate, count, decide, write minutes, seal, "
            "verify."
        ),
        params=[
            click.Option(
                ["--out"],
                type=click.Path(path_type=Path),
                default="demo-out",
                show_default=True,
                metavar="DIR",
                help=_("Folder for everything; new, empty, or of a former demo, which is replaced."),
            )
        ],
        callback=show,
    )


def show(out: Path) -> int:
    """Three contests, each from the list to the verified package."""
    clear(out)
    election = out / ELECTION_NAME
    election.write_bytes(election_of_the_demo())
    private, public = new_key()
    write_private(out / KEY_NAME, private)
    public_half(out / KEY_NAME).write_bytes(public)
    contests = [contest.id for contest in load_election(election.read_bytes(), election.name).contests]
    for contest in contests:
        stage = Stage(read_given(election, contest), out / contest)
        click.echo()
        click.echo(_("=== {title} ===").format(title=stage.given.grounds.contest.title))
        if not run_stage(stage, SEEDS.get(contest, 1), private, public):
            return ExitCode.STOPPED
    click.echo()
    click.echo(_("Filling the house in the browser with a province that does not exist ..."))
    fill_house(out / HOUSE_NAME)
    for line in (*what_to_open(out, contests), *how_to_enter(out / HOUSE_NAME)):
        click.echo(line)
    return ExitCode.DONE


def fill_house(data: Path) -> None:
    """The province of the demo in a house of its own; it says itself who signs in. Raises CalledProcessError.

    In a process of its own: Django takes its settings once, and neither a database nor a key that stand in this
    environment may become the demo's.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_SET_ELSEWHERE)}
    held = {**kept, "DAIHOI_DATA": str(data.resolve()), "DAIHOI_LANG": spoken()}
    subprocess.run([sys.executable, "-m", "daihoi.web.site.demo"], env=held, check=True)


def election_of_the_demo() -> bytes:
    """ELECTION.toml of the invented district."""
    return resources.files("daihoi.cli").joinpath("demo_election.toml").read_bytes()


def clear(out: Path) -> None:
    """Make the folder, or empty the one that a former demo made. Raises FolderNotOursError and touches nothing."""
    if out.exists() and not out.is_dir():
        raise NotADirectoryError(20, "", str(out))
    inside = list(out.iterdir()) if out.is_dir() else []
    if inside and not (out / MADE_HERE).is_file():
        raise FolderNotOursError(path=out)
    ours = (out / MADE_HERE).read_text(encoding="utf-8").split() if inside else []
    for path in (entry for entry in inside if entry.name in ours):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    out.mkdir(parents=True, exist_ok=True)
    election = load_election(election_of_the_demo(), ELECTION_NAME)
    made = [ELECTION_NAME, "election.form-secret", KEY_NAME, public_half(Path(KEY_NAME)).name]
    made += [HOUSE_NAME, *(str(contest.id) for contest in election.contests)]
    (out / MADE_HERE).write_text("\n".join(made) + "\n", encoding="utf-8")


def run_stage(stage: Stage, seed: int, private: bytes, public: bytes) -> bool:
    """One contest; whether its package was found sound."""
    contest = stage.given.grounds.contest
    prepared = prepare_form(stage.given, rehearsal=False)
    write_ballots(prepared, number_of_copies(stage.given), stage.folder / "ballots")
    tell_printed(prepared, number_of_copies(stage.given), stage.folder / "ballots")
    collected = stage.given.grounds.figures.collected or 1
    order = Order(contest.seats, collected, seed)
    write_simulation(stage.given, order, stage.scans, rehearsal=False)
    counted = counted_scans(stage.given.path, contest.id, stage.scans, stage.count)
    tell(stage.count, counted, contest)
    counted = answer(stage, counted)
    if counted.open_rows:
        return False
    written = write_minutes(stage.count, by=_board_head(stage.given), now=_now())
    tell_written(written)
    sealed = seal(stage.count, key=private, passphrase=None, out=stage.package, without_images=False, now=_now())
    tell_sealed(sealed)
    report = verify_package(sealed.package, digest=counted.digest, public_key=public)
    tell_report(report, winners=False)
    return report.sound


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


def _board_head(given: Given) -> str:
    return given.grounds.election.board[0].name


def answer(stage: Stage, counted: Counted) -> Counted:
    """Show the doubtful crops and answer every question by truth.json, in the place of the board."""
    contest = stage.given.grounds.contest
    truth = truth_by_file(stage.scans)
    for _round in range(ROUNDS_OF_ANSWERS):
        if not counted.open_rows:
            break
        path = stage.count / REVIEW
        rows = review_file.parse(path.read_bytes(), str(path))
        show_doubts(stage.count, [row for row in rows if not row.decision])
        path.write_bytes(review_file.dump(answered(rows, front_pages(stage.count), truth)))
        counted = decide(stage.count, path, by=_board_head(stage.given), now=_now())
        click.echo(_("The board has decided, here by what the simulated voters meant."))
        tell(stage.count, counted, contest)
    return counted


def show_doubts(count: Path, rows: Sequence[ReviewRow]) -> None:
    """The first few questions with their pictures."""
    for row in rows[:CROPS_SHOWN]:
        where = f"{row.ballot} {row.candidate}".strip()
        picture = f" | {count / row.crop}" if row.crop else ""
        click.echo(f"  {where}: {reasons(row.reason)} -> {reason(row.proposal)}{picture}")
    if len(rows) > CROPS_SHOWN:
        click.echo(_("  ... and {more} more in {path}").format(more=len(rows) - CROPS_SHOWN, path=count / REVIEW))


@dataclass(frozen=True)
class Meant:
    """What one simulated voter meant: a mark for each candidate, and why the ballot should not count."""

    marks: Mapping[str, Mark]
    grounds: Sequence[InvalidGround]


def truth_by_file(scans: Path) -> Mapping[str, Meant]:
    """What truth.json says, by every file of the ballot."""
    truth = json.loads((scans / TRUTH_NAME).read_text(encoding="utf-8"))
    return {
        file: Meant(
            {one: Mark(mark) for one, mark in ballot["marks"].items()},
            [InvalidGround(ground) for ground in ballot["expected_grounds"]],
        )
        for ballot in truth["ballots"]
        for file in ballot["files"]
    }


def front_pages(count: Path) -> Mapping[str, str]:
    """The file of the first page of each ballot."""
    lines = ballot_lines.parse((count / BALLOTS).read_bytes(), BALLOTS)
    return {line.ballot: line.pages[0].file for line in lines if line.pages}


def answered(rows: Sequence[ReviewRow], fronts: Mapping[str, str], truth: Mapping[str, Meant]) -> Iterator[ReviewRow]:
    """Every open row with the answer that truth.json knows."""
    for row in rows:
        yield row if row.decision else replace(row, decision=true_answer(row, fronts, truth))


def true_answer(row: ReviewRow, fronts: Mapping[str, str], truth: Mapping[str, Meant]) -> str:
    """What a board that saw the voter would answer; the proposal where truth.json knows nothing of the page."""
    page = decisions.page_of(row.ballot)
    meant = truth.get(page[0] if page else fronts.get(row.ballot, ""))
    if meant is None:
        return row.proposal
    if page:
        return decisions.keyed(meant.marks)
    if row.candidate:
        return meant.marks[row.candidate].value
    return next((ground.value for ground in meant.grounds), decisions.VALID)


def how_to_enter(data: Path) -> Iterator[str]:
    """The command that serves the house, and its address."""
    program = "daihoi" if shutil.which("daihoi") else sys.argv[0]
    yield ""
    yield _("The house in the browser: run this, open the address, and sign in as one of the above:")
    yield f"  {program} serve --data {data}"
    yield "  http://127.0.0.1:8000/"


def what_to_open(out: Path, contests: Sequence[str]) -> Iterator[str]:
    """The files worth a look, and how to look on."""
    first = out / contests[0]
    yield ""
    yield _("Open:")
    yield f"  {first / 'ballots' / 'blank.pdf'}  " + _("the ballot")
    yield f"  {first / 'scans'}  " + _("the simulated scans")
    yield f"  {first / 'count' / REVIEW}  " + _("what the board was asked, with crops, and what it answered")
    for contest in contests:
        yield f"  {out / contest / 'count' / 'bien-ban-kiem-phieu.pdf'}  " + _("minutes, also as .docx")
    yield f"  {first / 'package.zip'}  " + _("the sealed package")
    yield _("Now change one byte in a copy of the package and run: daihoi verify COPY.zip")
