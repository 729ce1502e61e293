"""docs/schemas and docs/files.md say what the code does: what it writes is valid, what it refuses is not."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, time
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from daihoi.interchange import ballot_lines, refused_lines, result_file, review_file
from daihoi.interchange.election_file import load_election
from daihoi.interchange.errors import InterchangeError
from daihoi.rules.terms import (
    CandidateOutcome,
    CongressForm,
    DeductionGround,
    InvalidGround,
    Mark,
    Office,
    ResultStatus,
    RoundKind,
    Source,
    Standing,
)
from tests.interchange import samples
from tests.interchange.elections import RIGHT, bent
from tests.ledger.test_chain import three
from tests.verify import packages

DOCS = Path(__file__).parents[2] / "docs"
NAMES = sorted(path.stem for path in (DOCS / "schemas").glob("*.json"))


def schema(name: str) -> dict[str, object]:
    return json.loads((DOCS / "schemas" / f"{name}.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema(name), format_checker=Draft202012Validator.FORMAT_CHECKER)


def plain(value: object) -> object:
    """A TOML value as JSON: dates and times by ISO 8601."""
    if isinstance(value, dict):
        return {key: plain(held) for key, held in value.items()}
    if isinstance(value, list):
        return [plain(held) for held in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value


def toml(data: bytes) -> object:
    return plain(tomllib.loads(data.decode()))


def valid(name: str, value: object) -> bool:
    return validator(name).is_valid(value)


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_a_schema_and_is_named_in_the_prose(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))
    assert f"schemas/{name}.json" in (DOCS / "files.md").read_text(encoding="utf-8")


def test_election_file_is_valid() -> None:
    validator("election").validate(toml(RIGHT.encode()))


def test_election_file_of_the_prose_is_valid_and_is_read() -> None:
    example = re.search(r"```toml\n(.*?)```", (DOCS / "files.md").read_text(encoding="utf-8"), re.DOTALL)
    assert example
    validator("election").validate(toml(example[1].encode()))
    assert load_election(example[1].encode(), "files.md").roll is not None


def test_tally_line_of_the_prose_is_valid_and_is_read() -> None:
    example = re.search(r"```\n(\{\"ballot\".*?)\n```", (DOCS / "files.md").read_text(encoding="utf-8"), re.DOTALL)
    assert example
    validator("tally-input").validate(json.loads(example[1]))
    assert len(ballot_lines.parse(example[1].encode(), "files.md")) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("seats = 2", "seats = 0"),
        ("seats = 2", 'seats = "2"'),
        ("seats = 2", "seats = true"),
        ("seats = 2", "seats = 2\nchairs = 2"),
        ('form = "delegates"', 'form = "all"'),
        ('id = "c02"', 'id = "c 2"'),
        ("opens = 2025-05-19", 'opens = "gestern"'),
        ("born = 1975", "born = true"),
        ("issued = 185", "issued = -1"),
        ("support_percent = 30", "support_percent = 3.5"),
        ("[[board]]", "[board]"),
        ("copies = 4", "copies = 0"),
        ('document = "Biên bản số 02"', ""),
        ('place = "Nà Lương"', ""),
    ],
)
def test_what_the_code_refuses_the_schema_refuses(old: str, new: str) -> None:
    data = bent(old, new)
    assert not valid("election", toml(data))
    with pytest.raises(InterchangeError):
        load_election(data, "ELECTION.toml")


def lines(data: bytes) -> Iterator[object]:
    return (json.loads(line) for line in data.splitlines())


def test_ballots_are_valid_and_are_input_of_tally_too() -> None:
    for line in lines(ballot_lines.dump(samples.BALLOTS)):
        validator("ballots").validate(line)
        validator("tally-input").validate(line)


@pytest.mark.parametrize(
    "more", [{"standing": "invalid"}, {"standing": "invalid", "grounds": []}, {"grounds": ["NOT_ISSUED"]}]
)
def test_half_a_conclusion_is_no_line_of_tally(more: dict[str, object]) -> None:
    line = {"ballot": "b0001", "marks": {"c01": "kept"}, **more}
    assert not valid("tally-input", line)
    with pytest.raises(InterchangeError):
        ballot_lines.parse(json.dumps(line).encode(), "b.jsonl")


def test_refused_pages_are_valid() -> None:
    for line in lines(refused_lines.dump(samples.REFUSED)):
        validator("refused").validate(line)
        assert not valid("refused", {**line, "why": ""})  # type: ignore[dict-item]


def test_review_rows_are_valid() -> None:
    written = review_file.dump(samples.ROWS).decode("utf-8-sig")
    for row in csv.DictReader(io.StringIO(written, newline="")):
        validator("review").validate(row)
        assert not valid("review", row | {"decision": "maybe"})
        assert not valid("review", row | {"decision": "doubtful"})
    assert [asdict(row) for row in samples.ROWS] == list(csv.DictReader(io.StringIO(written, newline="")))


@pytest.mark.parametrize("status", ResultStatus)
def test_result_is_valid_in_every_status(status: ResultStatus) -> None:
    written = json.loads(result_file.dump(samples.result(status)))
    validator("result").validate(written)
    assert not valid("result", written | {"base": "188"})


def test_result_that_names_somebody_too_early_is_not_valid() -> None:
    written = json.loads(result_file.dump(samples.result(ResultStatus.STOPPED)))
    assert not valid("result", written | {"elected": ["c01"]})
    written["tally"][0]["outcome"] = "elected"
    assert not valid("result", written)


def test_record_manifest_and_ledger_are_valid() -> None:
    validator("record").validate(json.loads(samples.record()))
    for detached in (False, True):
        validator("manifest").validate(json.loads(samples.manifest(detached=detached)))
    for entry in three():
        validator("ledger").validate({**entry.body, "hash": entry.hash})


def test_files_of_a_whole_package_are_valid() -> None:
    members = packages.sealed(packages.members_of(packages.plain()))
    for name in ("record", "manifest", "result", "sheet"):
        validator(name).validate(json.loads(members[f"{name}.json"]))
    for name in ("ballots", "ledger"):
        for line in lines(members[f"{name}.jsonl"]):
            validator(name).validate(line)


def words(*path: str) -> list[str]:
    held: object = schema(path[0])
    for key in path[1:]:
        assert isinstance(held, dict)
        held = held[key]
    assert isinstance(held, list)
    return held


def test_vocabularies_are_those_of_the_code() -> None:
    contest = ("election", "properties", "contests", "items", "properties")
    assert words(*contest, "office", "enum") == list(Office)
    assert words(*contest, "round_kind", "enum") == list(RoundKind)
    assert words(*contest, "candidates", "items", "properties", "source", "enum") == list(Source)
    assert words("election", "properties", "congress", "properties", "form", "enum") == list(CongressForm)
    deductions = ("election", "properties", "roll", "properties", "deductions", "items", "properties")
    assert words(*deductions, "ground", "enum") == list(DeductionGround)
    assert words("ballots", "properties", "marks", "additionalProperties", "enum") == list(Mark)
    assert words("ballots", "properties", "standing", "enum") == list(Standing)
    assert words("ballots", "properties", "grounds", "items", "enum") == list(InvalidGround)
    assert words("result", "properties", "status", "enum") == list(ResultStatus)
    tally = ("result", "properties", "tally", "items", "properties", "outcome", "enum")
    assert words(*tally) == [*CandidateOutcome, None]
