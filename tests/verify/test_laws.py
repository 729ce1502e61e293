"""Laws: two recounts agree on every election, and no changed byte goes unseen or stops the verifier."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daihoi.interchange.terms import ReviewRow
from daihoi.verify.errors import MalformedError
from daihoi.verify.node import Node, canonical, parse_json
from daihoi.verify.package import typed_digest, verify_package
from tests.verify import packages
from tests.verify.forging import forge, lines_of
from tests.verify.packages import Case, Paper, Scan, plain, sealed, zip_of

SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
OBSERVED = ("SIGNED_OR_EXTRA_TEXT", "DISTINGUISHING_MARK", "OUTSIDE_NAME")
RULES = (
    "",
    'over_vote_limit = "official_and_alternates"',
    'blank_single_ballot = "valid"',
    "alternates_need_majority = false",
    "tie_reballot_plurality = false",
)
SOUND = sealed(packages.members_of(plain()))
WHOLE = zip_of(SOUND)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A contest of either form with ballots of any marks, some judged by the board, some still open."""
    names = draw(st.integers(1, 6))
    seats = draw(st.integers(1, names))
    words = ("kept", "struck", "doubtful") if names > seats else ("agree", "disagree", "both", "none", "doubtful")
    sides = draw(st.integers(1, min(2, names)))
    ballots = draw(st.integers(0 if sides == 2 else 1, 12))
    scans: list[Scan] = []
    papers: list[Paper] = []
    decisions: list[tuple[str, str, str]] = []
    half = (names + sides - 1) // sides
    for number in range(1, ballots + 1):
        read = {f"c{one:02d}": draw(st.sampled_from(words)) for one in range(1, names + 1)}
        observed = tuple(dict.fromkeys(draw(st.lists(st.sampled_from(OBSERVED), max_size=1))))
        said = {one: draw(st.sampled_from(("", *words[:-1]))) for one, mark in read.items() if mark == "doubtful"}
        decisions += [(f"b{number:04d}", one, answer) for one, answer in said.items() if answer]
        answer = draw(st.sampled_from(("", "valid", *OBSERVED))) if observed else ""
        decisions += [(f"b{number:04d}", "", answer)] if answer else []
        candidates = list(read)
        for side in range(sides):
            part = {one: read[one] for one in candidates[side * half : (side + 1) * half]}
            scans.append(Scan(part, side + 1, observed if side == 0 else ()))
        marks = {one: said.get(one) or mark for one, mark in read.items()}
        papers.append(Paper(tuple(range(len(scans) - sides, len(scans))), marks, observed, answer))
    office, extra = draw(
        st.sampled_from([("secretary", ""), ("delegates", "alternates = 2"), ("delegates", "alternates = 1")])
    )
    election = packages.election_toml(
        candidates=names,
        seats=seats,
        office=office,
        summoned=draw(st.integers(ballots + 3, ballots + 12)),
        collected=draw(st.sampled_from([ballots, ballots, ballots, ballots + 1])),
        extra=extra + draw(st.sampled_from(["", '\nround = 2\nround_kind = "tie_reballot"'])),
        rules=draw(st.sampled_from(RULES)),
    )
    return Case(election, scans, papers, decisions, sides)


@given(built=cases())
@SETTINGS
def test_verifier_and_engine_recount_alike(built: Case) -> None:
    with tempfile.TemporaryDirectory() as folder:
        report = verify_package(packages.write(built, Path(folder)))
    assert report.findings == ()


@given(member=st.sampled_from(sorted(SOUND)), place=st.integers(0, 10**6), bit=st.integers(0, 7))
@settings(max_examples=100, deadline=None)
def test_any_flipped_bit_of_any_member_names_that_member(member: str, place: int, bit: int) -> None:
    held = bytearray(SOUND[member] or b"x")
    held[place % len(held)] ^= 1 << bit
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "package.zip"
        path.write_bytes(zip_of(SOUND | {member: bytes(held)}))
        report = verify_package(path, digest=packages.digest_of(plain()), public_key=packages.PUBLIC)
    assert any(member in finding.member for finding in report.findings)


@given(place=st.integers(0, len(WHOLE) - 1), value=st.integers(0, 255))
@settings(max_examples=120, deadline=None)
def test_any_byte_of_the_zip_may_be_anything_and_the_verifier_answers(place: int, value: int) -> None:
    held = bytearray(WHOLE)
    held[place] = value
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "package.zip"
        path.write_bytes(held)
        report = verify_package(path)
    assert report.findings == () or all(finding.code.startswith("verify.") for finding in report.findings)


@given(cut=st.integers(0, len(WHOLE) - 1))
@settings(max_examples=60, deadline=None)
def test_package_that_was_cut_short_is_never_sound(cut: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "package.zip"
        path.write_bytes(WHOLE[:cut])
        assert not verify_package(path).sound


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.sampled_from(["", "b0001", "c01", "0" * 64, "kept"]),
    lambda held: (
        st.lists(held, max_size=3) | st.dictionaries(st.sampled_from(["format", "files", "x"]), held, max_size=3)
    ),
    max_leaves=8,
)


@given(
    member=st.sampled_from(["manifest.json", "record.json", "result.json", "sheet.json"]),
    value=JSON,
    key=st.sampled_from(["", "format", "files", "images", "ledger", "settings", "pages", "tally", "reconciliation"]),
)
@settings(max_examples=100, deadline=None)
def test_json_of_any_shape_gives_findings_and_no_error(member: str, value: object, key: str) -> None:
    node = parse_json(SOUND[member].rstrip(b"\n"), member) if member != "sheet.json" else Node({}, member)
    bent = {**node.value, key: value} if key and isinstance(node.value, dict) else value
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "package.zip"
        path.write_bytes(zip_of(SOUND | {member: canonical(bent) + b"\n"}))
        report = verify_package(path)
    assert report.findings or bent == node.value


@given(data=st.binary(max_size=60))
def test_bytes_that_are_no_canonical_json_are_malformed_and_nothing_else(data: bytes) -> None:
    try:
        node = parse_json(data, "x")
    except MalformedError:
        return
    assert canonical(node.value) == data


@given(text=st.text("0123456789abcdefABCDEF", min_size=64, max_size=64), gaps=st.lists(st.integers(0, 63), max_size=20))
def test_typed_digest_does_not_hang_on_blanks_and_case(text: str, gaps: list[int]) -> None:
    spaced = "".join(f" {letter}" if place in gaps else letter for place, letter in enumerate(text))
    assert typed_digest(spaced) == text.lower()


@given(decision=st.sampled_from(["struck", "", "KEPT", "kept "]))
def test_review_that_says_another_word_is_never_sound(decision: str) -> None:
    built = plain()
    built.rows = [ReviewRow("b0003", "c02", "faint", "kept", decision)]
    with tempfile.TemporaryDirectory() as folder:
        assert not verify_package(packages.write(built, Path(folder))).sound


@given(entry=st.integers(0, 7), value=JSON, data=st.data())
@settings(max_examples=120, deadline=None)
def test_ledger_of_any_facts_gives_a_report_and_no_error(entry: int, value: object, data: st.DataObject) -> None:
    members = packages.members_of(plain())
    entries = lines_of(members)
    facts = entries[entry]["facts"]
    assert isinstance(facts, dict)
    name = data.draw(st.sampled_from(sorted(facts)))
    same = facts[name] == value
    facts[name] = value
    with tempfile.TemporaryDirectory() as folder:
        report = forge(Path(folder), members, entries)
    unweighed = ("reason", "proposal", "proposals", "doubts", "software", "turn", "dpi_milli")
    assert same or report.findings or name in unweighed or report.shown.rehearsal


@given(place=st.integers(0, 10**6), value=st.integers(0, 255))
@settings(max_examples=120, deadline=None)
def test_election_file_of_any_bytes_gives_a_report_and_no_error(place: int, value: int) -> None:
    members = packages.members_of(plain())
    held = bytearray(members["election.toml"])
    held[place % len(held)] = value
    with tempfile.TemporaryDirectory() as folder:
        report = forge(Path(folder), members | {"election.toml": bytes(held)})
    assert report.findings or bytes(held) == members["election.toml"]
