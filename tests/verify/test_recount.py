"""The recount finds what a forger with the key would change: all is listed and signed, and still does not add up."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from daihoi.interchange.terms import RefusedLine, ReviewRow
from daihoi.ledger import canonical, chain
from daihoi.verify.package import verify_package
from daihoi.verify.terms import Finding, Report
from tests.verify import packages
from tests.verify.forging import Members, forge, lines_of
from tests.verify.packages import BOARD, NOW, Case, Paper, Scan, case, plain, sealed, strike, zip_of


def verify(built: Case, folder: Path) -> Report:
    return verify_package(packages.write(built, folder))


def places(report: Report) -> set[str]:
    return {finding.member for finding in report.findings}


def bend_result(members: Members, change: Callable[[dict[str, object]], object]) -> Members:
    result = json.loads(members["result.json"])
    change(result)
    return members | {"result.json": canonical.line(result)}


def test_forging_nothing_finds_nothing(tmp_path: Path) -> None:
    assert forge(tmp_path, packages.members_of(plain())).findings == ()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("status", "stopped"),
        ("base", 9),
        ("base", True),
        ("issued", 4),
        ("collected", 2),
        ("valid", 3),
        ("invalid", 0),
        ("invalid_by_ground", {"VOTES_NOBODY": 1}),
        ("elected", ["c01"]),
        ("alternates", ["c02"]),
        ("ties", [{"candidates": ["c01", "c02"], "seats": 1}]),
        ("shortfall", 0),
        ("contest", "other"),
    ],
)
def test_forged_figure_of_the_result_is_named(tmp_path: Path, key: str, value: object) -> None:
    report = forge(tmp_path, bend_result(packages.members_of(plain()), lambda result: result.update({key: value})))
    assert places(report) == {f"result.json {key}"}


@pytest.mark.parametrize(("key", "value"), [("votes", 3), ("percent_of_base", "20.01"), ("outcome", "elected")])
def test_forged_line_of_the_tally_is_named(tmp_path: Path, key: str, value: object) -> None:
    def change(result: dict[str, object]) -> None:
        result["tally"][0][key] = value  # type: ignore[index]

    assert places(forge(tmp_path, bend_result(packages.members_of(plain()), change))) == {f"result.json: c01 {key}"}


def test_forged_tally_tells_the_first_figure_that_differs(tmp_path: Path) -> None:
    def change(result: dict[str, object]) -> None:
        result["tally"][1]["votes"] = 53  # type: ignore[index]
        result["tally"][2]["votes"] = 54  # type: ignore[index]

    (finding,) = forge(tmp_path, bend_result(packages.members_of(plain()), change)).findings
    assert finding.member == "result.json: c02 votes"
    assert finding.expected.isdecimal()
    assert finding.found == "53"


def test_line_left_out_of_the_tally_is_named(tmp_path: Path) -> None:
    def change(result: dict[str, object]) -> None:
        result["tally"].pop()  # type: ignore[attr-defined]

    (finding,) = forge(tmp_path, bend_result(packages.members_of(plain()), change)).findings
    assert (finding.member, finding.found) == ("result.json: c04 candidate", "nothing")


def test_forged_reconciliation_is_named(tmp_path: Path) -> None:
    def change(result: dict[str, object]) -> None:
        result["reconciliation"][0]["holds"] = None  # type: ignore[index]

    report = forge(tmp_path, bend_result(packages.members_of(plain()), change))
    assert places(report) == {"result.json printed_accounted"}


def test_figure_that_is_added_or_left_out_is_named(tmp_path: Path) -> None:
    def change(result: dict[str, object]) -> None:
        result["bonus"] = 1
        del result["shortfall"]

    report = forge(tmp_path, bend_result(packages.members_of(plain()), change))
    assert places(report) == {"result.json bonus", "result.json shortfall"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("ballot", "b0009"),
        ("marks", strike(1, 2, 3)),
        ("standing", "invalid"),
        ("grounds", ["OVER_VOTE"]),
        ("votes", ["c01"]),
        ("pages", []),
    ],
)
def test_forged_ballot_is_named(tmp_path: Path, key: str, value: object) -> None:
    members = packages.members_of(plain())
    first, rest = members["ballots.jsonl"].split(b"\n", 1)
    bent = canonical.line(json.loads(first) | {key: value}) + rest
    assert places(forge(tmp_path, members | {"ballots.jsonl": bent})) == {f"ballots.jsonl:1 {key}"}


def test_ballot_left_out_is_found(tmp_path: Path) -> None:
    members = packages.members_of(plain())
    fewer = b"\n".join(members["ballots.jsonl"].split(b"\n")[:-2]) + b"\n"
    report = forge(tmp_path, members | {"ballots.jsonl": fewer})
    assert report.findings == (Finding("verify.ballots_number", "ballots.jsonl", "3", "2"),)


def test_election_file_with_another_base_is_found(tmp_path: Path) -> None:
    members = packages.members_of(plain())
    bent = members["election.toml"].replace(b"summoned = 12", b"summoned = 11")
    assert {"election.toml", "result.json base"} <= places(forge(tmp_path, members | {"election.toml": bent}))


def test_decision_in_the_review_that_the_ledger_lacks_is_found(tmp_path: Path) -> None:
    built = replace(plain(), rows=[ReviewRow("b0003", "c02", "faint", "kept", "struck")])
    report = verify(built, tmp_path)
    assert report.findings == (Finding("verify.decision_differs", "review.csv:2", "kept", "struck"),)


def test_decision_of_the_ledger_that_the_review_lacks_is_found(tmp_path: Path) -> None:
    report = verify(replace(plain(), rows=[]), tmp_path)
    assert report.findings == (Finding("verify.decision_lost", "review.csv", "b0003 c02"),)


def test_last_decision_on_a_place_holds(tmp_path: Path) -> None:
    built = replace(plain(), decisions=[("b0003", "c02", "struck"), ("b0003", "c02", "kept")])
    assert verify(built, tmp_path).sound


def test_decision_on_a_clear_mark_changes_nothing(tmp_path: Path) -> None:
    built = replace(plain(), decisions=[*plain().decisions, ("b0001", "c04", "kept")])
    assert verify(built, tmp_path).sound


def test_refused_line_of_an_unknown_page_is_found(tmp_path: Path) -> None:
    built = replace(plain(), refused=[RefusedLine("ghost.jpg", 0, "blank_page")])
    assert [finding.code for finding in verify(built, tmp_path).findings] == ["verify.refused_unknown"]


def refused_case(answer: str, papers: list[Paper], collected: int, reason: str = "code_unreadable") -> Case:
    """Two ballots read and between them a page refused and answered."""
    election = packages.election_toml(collected=collected)
    scans = [Scan(strike(1)), Scan(refused=reason), Scan(strike(2))]
    decisions = [("page:pile/scan-001.jpg#0", "", answer)] if answer else []
    return Case(election, scans, papers, decisions)


def test_refused_page_that_was_no_ballot_leaves_its_number_free(tmp_path: Path) -> None:
    papers = [Paper((0,), strike(1), number=1), Paper((2,), strike(2), number=3)]
    assert verify(refused_case("not_a_ballot", papers, 2), tmp_path).sound
    assert verify(refused_case("rescanned", papers, 2), tmp_path).sound


def test_refused_page_keyed_by_hand_is_a_ballot(tmp_path: Path) -> None:
    keyed = "keyed:" + canonical.dumps(strike(1, 4)).decode()
    papers = [Paper((0,), strike(1)), Paper((1,), strike(1, 4)), Paper((2,), strike(2))]
    assert verify(refused_case(keyed, papers, 3), tmp_path).sound


@pytest.mark.parametrize("reason", ["rehearsal", "not_rehearsal"])
def test_rehearsal_ballot_keyed_into_a_count_is_found(tmp_path: Path, reason: str) -> None:
    keyed = "keyed:" + canonical.dumps(strike(1, 4)).decode()
    papers = [Paper((0,), strike(1)), Paper((1,), strike(1, 4)), Paper((2,), strike(2))]
    (finding,) = verify(refused_case(keyed, papers, 3, reason), tmp_path).findings
    assert (finding.code, finding.found) == ("verify.ledger_event", reason)


def test_refused_page_not_issued_is_an_invalid_ballot(tmp_path: Path) -> None:
    papers = [Paper((0,), strike(1)), Paper((1,), {}, answer="NOT_ISSUED"), Paper((2,), strike(2))]
    assert verify(refused_case("NOT_ISSUED", papers, 3), tmp_path).sound


def test_refused_page_without_answer_makes_the_result_wait(tmp_path: Path) -> None:
    papers = [Paper((0,), strike(1), number=1), Paper((2,), strike(2), number=3)]
    report = verify(refused_case("", papers, 2), tmp_path)
    assert report.shown.status == "awaiting_decisions"
    assert {"result.json status", "result.json valid_and_invalid_are_collected"} <= places(report)


def two_sided(scans: list[Scan], papers: list[Paper], decisions: list[tuple[str, str, str]]) -> Case:
    election = packages.election_toml(candidates=4, collected=len(papers))
    return Case(election, scans, papers, decisions, sides=2)


FRONT = {"c01": "kept", "c02": "struck"}
BACK = {"c03": "struck", "c04": "kept"}


def test_front_and_back_are_one_ballot(tmp_path: Path) -> None:
    scans = [Scan(FRONT, 1), Scan(BACK, 2)] * 2
    papers = [Paper((0, 1), FRONT | BACK), Paper((2, 3), FRONT | BACK)]
    assert verify(two_sided(scans, papers, []), tmp_path).sound


def test_front_alone_can_be_keyed_whole(tmp_path: Path) -> None:
    scans = [Scan(FRONT, 1), Scan(FRONT, 1), Scan(BACK, 2)]
    keyed = "keyed:" + canonical.dumps(BACK).decode()
    papers = [Paper((0,), FRONT | BACK), Paper((1, 2), FRONT | BACK)]
    assert verify(two_sided(scans, papers, [("page:pile/scan-000.jpg#0", "", keyed)]), tmp_path).sound


def test_back_alone_that_was_scanned_again_is_out_of_the_count(tmp_path: Path) -> None:
    scans = [Scan(BACK, 2), Scan(FRONT, 1), Scan(BACK, 2)]
    papers = [Paper((1, 2), FRONT | BACK, number=2)]
    assert verify(two_sided(scans, papers, [("page:pile/scan-000.jpg#0", "", "rescanned")]), tmp_path).sound


def test_refused_back_takes_its_front_out_with_it(tmp_path: Path) -> None:
    scans = [Scan(FRONT, 1), Scan(refused="streaks"), Scan(FRONT, 1), Scan(BACK, 2)]
    papers = [Paper((2, 3), FRONT | BACK, number=2)]
    assert verify(two_sided(scans, papers, [("page:pile/scan-001.jpg#0", "", "rescanned")]), tmp_path).sound


def test_ink_elsewhere_waits_for_the_board_and_takes_its_word(tmp_path: Path) -> None:
    for answer, standing in (("valid", "final"), ("DISTINGUISHING_MARK", "final"), ("", "awaiting_decisions")):
        built = case([strike(1), strike(2)])
        ground = "SIGNED_OR_EXTRA_TEXT"
        built.scans = [Scan(strike(1), foreign=(ground,)), built.scans[1]]
        built.papers = [Paper((0,), strike(1), (ground,), answer), built.papers[1]]
        built.decisions = [("b0001", "", answer)] if answer else []
        report = verify(built, tmp_path)
        assert report.findings == ()
        assert report.shown.status == standing


def test_image_that_the_ledger_never_read_is_found(tmp_path: Path) -> None:
    built = plain()
    members = packages.members_of(built)
    name = built.name(0)
    kept = [one for one in lines_of(members) if not (one["kind"] == "page.read" and one["facts"]["file"] == name)]  # type: ignore[index]
    report = forge(tmp_path, members, kept)
    assert Finding("verify.page_missing", "ledger.jsonl", f"{name}#0") in report.findings


def test_count_may_not_go_on_after_the_record(tmp_path: Path) -> None:
    members = packages.members_of(plain())
    entries = list(chain.parse(members["ledger.jsonl"]).entries)
    late = {"ballot": "b0001", "candidate": "", "reason": "", "proposal": "", "decision": "NOT_ISSUED"}
    entries.append(chain.entry_after(entries[-1], "decision.made", late, NOW, BOARD))
    path = tmp_path / "package.zip"
    path.write_bytes(zip_of(sealed(members | {"ledger.jsonl": chain.dump(entries)})))
    assert "verify.event_after_record" in {finding.code for finding in verify_package(path).findings}


@pytest.mark.parametrize(
    ("kind", "fact", "value", "code"),
    [
        ("page.read", "index", 1, "verify.ledger_event"),
        ("page.read", "file", "ghost.jpg", "verify.ledger_event"),
        ("page.read", "page", 3, "verify.malformed"),
        ("page.read", "marks", {"c01": "kept"}, "verify.ballots_number"),
        ("page.read", "marks", {f"c0{one}": "agree" for one in range(1, 5)}, "verify.malformed"),
        ("image.taken", "stored", "images/9.jpg", "verify.image_differs"),
        ("image.taken", "bytes", 1, "verify.image_differs"),
        ("image.taken", "pages", 2, "verify.page_missing"),
        ("count.opened", "contest", "other", "verify.record_differs"),
        ("count.opened", "sheet_sha256", "f" * 64, "verify.record_differs"),
        ("decision.made", "decision", "struck", "verify.ballot_differs"),
        ("decision.made", "decision", "perhaps", "verify.malformed"),
        ("decision.made", "ballot", "b0009", "verify.decision_lost"),
    ],
)
def test_forged_event_does_not_add_up(tmp_path: Path, kind: str, fact: str, value: object, code: str) -> None:
    members = packages.members_of(plain())
    entries = lines_of(members)
    bent = next(entry for entry in entries if entry["kind"] == kind)
    bent["facts"][fact] = value  # type: ignore[index]
    assert code in {finding.code for finding in forge(tmp_path, members, entries).findings}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "ballot.improved"}, "verify.ledger_kind"),
        ({"at": NOW, "by": BOARD}, "verify.ledger_human"),
        ({"facts": []}, "verify.malformed"),
    ],
)
def test_event_that_is_not_declared_is_found(tmp_path: Path, change: dict[str, object], code: str) -> None:
    members = packages.members_of(plain())
    entries = lines_of(members)
    entries[1] |= change
    assert code in {finding.code for finding in forge(tmp_path, members, entries).findings}


def test_decision_without_a_name_is_found(tmp_path: Path) -> None:
    members = packages.members_of(plain())
    entries = lines_of(members)
    del entries[-1]["by"]
    assert "verify.ledger_human" in {finding.code for finding in forge(tmp_path, members, entries).findings}


def test_same_file_taken_twice_is_found(tmp_path: Path) -> None:
    members = packages.members_of(plain())
    entries = lines_of(members)
    entries.insert(2, entries[1])
    assert "verify.ledger_event" in {finding.code for finding in forge(tmp_path, members, entries).findings}


def test_count_that_was_opened_twice_is_found(tmp_path: Path) -> None:
    members = packages.members_of(plain())
    entries = lines_of(members)
    assert "verify.ledger_event" in {one.code for one in forge(tmp_path, members, [entries[0], *entries]).findings}


def test_election_file_given_again_is_the_one_that_counts(tmp_path: Path) -> None:
    members = packages.members_of(plain())
    entries = lines_of(members)
    facts = entries[0]["facts"]
    assert isinstance(facts, dict)
    again = {"kind": "election.replaced", "facts": {"election_sha256": facts["election_sha256"]}}
    facts["election_sha256"] = "0" * 64
    assert forge(tmp_path, members, [entries[0], again, *entries[1:]]).findings == ()


def test_setting_of_the_record_must_be_that_of_the_election_file(tmp_path: Path) -> None:
    built = replace(plain(), election=packages.election_toml(rules="support_percent = 25"))
    members = packages.members_of(built)
    record = json.loads(members["record.json"])
    record["settings"]["support_percent"] = 30
    report = forge(tmp_path, members | {"record.json": canonical.line(record)})
    assert any("settings.support_percent" in place for place in places(report))


@pytest.mark.parametrize("rules", ['blank_single_ballot = "valid"', 'blank_single_ballot = "invalid"'])
def test_settings_of_the_record_are_those_of_the_recount(tmp_path: Path, rules: str) -> None:
    ballots = [{"c01": "agree"}, {"c01": "none"}, {"c01": "disagree"}, {"c01": "both"}]
    assert verify(case(ballots, seats=1, rules=rules), tmp_path).findings == ()


def test_tie_reballot_is_won_by_plurality(tmp_path: Path) -> None:
    ballots = [strike(1, of=2)] * 3 + [strike(2, of=2)] * 2
    built = case(ballots, seats=1, summoned=50, extra='round = 2\nround_kind = "tie_reballot"')
    shown = verify(built, tmp_path).shown
    assert [winner.candidate for winner in shown.elected] == ["c01"]
