"""The folder of a comparison: the same bytes each time, by its schema, in rows that a spreadsheet shows."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from daihoi.counts.comparing import crops
from daihoi.counts.comparing.compare import compare
from daihoi.counts.comparing.listing import require_ours, write_comparison
from daihoi.counts.errors import OutNotOurs
from daihoi.counts.page_pictures import Picture
from tests.counts.comparing_passes import count_of, page
from tests.counts.stand_in import election_text, outputs_of, refused

SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "compare.json"
SIX = [page("c01"), page("c02"), page("c03"), page("c04"), page("c01", "c02"), page("c03", "c04")]
OTHER = [page("c01"), refused(), page("c03", "c01"), page("c04", doubt={"c02": "kept"}), page("c01", "c02")]


def written(folder: Path, *paths: Path) -> dict[str, bytes]:
    write_comparison(compare(paths), folder)
    return outputs_of(folder)


def rows_of(files: dict[str, bytes]) -> list[dict[str, str]]:
    data = files["differences.csv"]
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.fixture
def three(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Two counts that differ in every way, and one keyed by hand."""
    keyed = tmp_path / "tay.csv"
    keyed.write_text("c01,c02,c03,c04\nx,,,\n,x,,\nx,,x,\n,,,x\nx,x,,\n,,x,x\n", encoding="utf-8")
    return count_of(tmp_path, SIX), count_of(tmp_path, OTHER, name="B"), keyed


def test_the_same_passes_give_the_same_bytes(tmp_path: Path, three: tuple[Path, ...]) -> None:
    once = written(tmp_path / "one", *three)
    assert written(tmp_path / "two", *three) == once
    assert written(tmp_path / "one", *three) == once


def test_it_is_what_the_schema_says(tmp_path: Path, three: tuple[Path, ...]) -> None:
    schema = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    for number, passes in enumerate((three, three[:2], (three[0], three[0]), three[1:], (three[2], three[0]))):
        files = written(tmp_path / f"out{number}", *passes)
        document = json.loads(files["compare.json"])
        schema.validate(document)
        assert not schema.is_valid(document | {"agrees": "yes"})
        assert not schema.is_valid(document | {"decided": True})


def test_rows_tell_kind_place_and_word_of_each_pass(tmp_path: Path, three: tuple[Path, ...]) -> None:
    rows = rows_of(written(tmp_path / "out", *three))
    papers = [(row["kind"], row["candidate"], row["a"], row["b"], row["c"], row["majority"]) for row in rows]
    assert papers[-4:] == [
        ("not_read", "", "valid", "not_read", "valid", "valid"),
        ("mark", "c01", "kept", "struck", "struck", "struck"),
        ("mark", "c02", "kept", "doubtful", "kept", "kept"),
        ("missing", "", "valid", "", "valid", "valid"),
    ]
    doubtful = rows[-2]
    assert (doubtful["b_file"], doubtful["b_page"], doubtful["b_place"]) == ("0004.jpg", "0", "4")
    assert (doubtful["b_reason"], doubtful["name"]) == ("faint+underline", "Vàng A Bình")
    assert (doubtful["c_ballot"], doubtful["c_batch"], doubtful["c_in_batch"]) == ("r0005", "tay.csv", "5")
    assert rows[-4]["b_reason"] == "corners_not_found"
    assert (rows[-1]["alike"], rows[-2]["alike"]) == ("1", "")


def test_figures_that_differ_stand_before_the_papers(tmp_path: Path, three: tuple[Path, ...]) -> None:
    rows = rows_of(written(tmp_path / "out", *three))
    votes = {row["candidate"]: (row["a"], row["b"], row["c"]) for row in rows if row["kind"] == "votes"}
    assert votes["c01"][0] == "4"
    assert votes["c01"][2] == "3"
    assert ("figure", "ballots", "6", "5", "6") in {(r["kind"], r["name"], r["a"], r["b"], r["c"]) for r in rows}
    assert [row["kind"] for row in rows] == sorted(
        (row["kind"] for row in rows), key=lambda kind: {"votes": 0, "figure": 1, "outcome": 2}.get(kind, 3)
    )


def test_totals_have_no_place_in_the_pile(tmp_path: Path) -> None:
    totals = tmp_path / "t.csv"
    totals.write_text("candidate,votes\nc01,9\nc02,4\nc03,4\nc04,4\n", encoding="utf-8")
    (row,) = rows_of(written(tmp_path / "out", count_of(tmp_path, SIX), totals))
    assert (row["kind"], row["a"], row["b"], row["number"], row["b_place"]) == ("votes", "4", "9", "", "")


def test_passes_are_named_by_their_last_part_and_digest(tmp_path: Path, three: tuple[Path, ...]) -> None:
    passes = json.loads(written(tmp_path / "out", *three)["compare.json"])["passes"]
    assert [(one["label"], one["kind"], one["name"]) for one in passes] == [
        ("A", "count", "A"),
        ("B", "count", "B"),
        ("C", "keyed_ballots", "tay.csv"),
    ]
    assert len({one["digest"] for one in passes}) == 3


def test_a_name_that_is_a_formula_is_guarded(tmp_path: Path) -> None:
    text = election_text(collected=6).replace("Vàng A Bình", "=SUM(A1)")
    other = [page("c01"), page("c03"), *SIX[2:]]
    files = written(
        tmp_path / "out", count_of(tmp_path, SIX, text=text), count_of(tmp_path, other, name="B", text=text)
    )
    assert b",'=SUM(A1)," in files["differences.csv"]
    assert b",=SUM" not in files["differences.csv"]


def test_pictures_of_an_earlier_comparison_go(tmp_path: Path, three: tuple[Path, ...]) -> None:
    written(tmp_path / "out", *three)
    (tmp_path / "out" / "crops" / "00099-A.png").write_bytes(b"old")
    files = written(tmp_path / "out", three[0], three[0])
    assert sorted(files) == ["compare.json", "differences.csv"]


def test_pictures_are_named_by_number_and_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, three: tuple[Path, ...]
) -> None:
    monkeypatch.setattr(crops.Pictures, "of", lambda *_: Picture("png", b"picture"))
    files = written(tmp_path / "out", *three)
    names = sorted(name for name in files if name.startswith("crops/"))
    assert names[:3] == ["crops/00001-A.png", "crops/00001-B.png", "crops/00002-A.png"]
    document = json.loads(files["compare.json"])
    shown = [sheet["crop"] for one in document["differences"] for sheet in one["sheets"].values() if sheet["crop"]]
    assert sorted(shown) == names
    assert {row["a_crop"] for row in rows_of(files) if row["number"]} <= set(names)


def test_a_folder_with_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    require_ours(tmp_path / "out")
    (tmp_path / "out" / "thư.docx").write_bytes(b"")
    with pytest.raises(OutNotOurs) as refusal:
        require_ours(tmp_path / "out")
    assert refusal.value.fields["found"] == "thư.docx"
    with pytest.raises(OutNotOurs):
        require_ours(tmp_path / "out" / "thư.docx")


@pytest.mark.parametrize("name", ["00001-000-001.png", "00001-000-ink1.png", "00001-D.png", "00001-A.txt"])
def test_crops_of_a_count_are_never_taken_for_ours(tmp_path: Path, name: str) -> None:
    (tmp_path / "out" / "crops").mkdir(parents=True)
    require_ours(tmp_path / "out")
    (tmp_path / "out" / "crops" / name).write_bytes(b"")
    with pytest.raises(OutNotOurs) as refusal:
        require_ours(tmp_path / "out")
    assert refusal.value.fields["found"] == name


def test_a_comparison_that_was_stopped_is_written_anew(tmp_path: Path, three: tuple[Path, ...]) -> None:
    whole = written(tmp_path / "one", *three)
    (tmp_path / "two" / "crops").mkdir(parents=True)
    (tmp_path / "two" / "crops" / "00001-A.jpg").write_bytes(b"half")
    (tmp_path / "two" / ".compare.json.part").write_bytes(b"half")
    assert {name: data for name, data in written(tmp_path / "two", *three).items() if ".part" not in name} == whole


def test_the_folder_of_a_count_is_refused(tmp_path: Path) -> None:
    first = count_of(tmp_path, SIX)
    before = outputs_of(first)
    with pytest.raises(OutNotOurs):
        write_comparison(compare([first, first]), first)
    assert outputs_of(first) == before
