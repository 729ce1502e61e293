"""Every event is declared once, and docs/dev/ledger.md says what the code says."""

from __future__ import annotations

from pathlib import Path

import pytest

from daihoi.ledger.errors import BadFactsError, UnknownEventError
from daihoi.ledger.events import EVENTS, EventTerm, FactKind, check_facts
from daihoi.verify.chain import AFTER_RECORD, HUMAN, MACHINE

PAGE = Path(__file__).parents[2] / "docs" / "dev" / "ledger.md"
BEGIN = "<!-- events: made from src/daihoi/ledger/events.py, held to it by tests/ledger/test_events.py -->\n"
END = "<!-- /events -->"

RIGHT: dict[FactKind, object] = {
    FactKind.TEXT: "x",
    FactKind.INTEGER: 1,
    FactKind.TRUTH: True,
    FactKind.DIGEST: "0" * 64,
    FactKind.MARKS: {"c01": "kept"},
    FactKind.REASONS: {"c01": ["faint"]},
    FactKind.LIST: [],
    FactKind.TABLE: {},
}
WRONG: dict[FactKind, object] = {
    FactKind.TEXT: 1,
    FactKind.INTEGER: True,
    FactKind.TRUTH: 1,
    FactKind.DIGEST: "0" * 63 + "G",
    FactKind.MARKS: {"c01": 1},
    FactKind.REASONS: {"c01": "faint"},
    FactKind.LIST: {},
    FactKind.TABLE: [],
}


def facts_of(term: EventTerm) -> dict[str, object]:
    return {name: RIGHT[fact.kind] for name, fact in term.facts.items()}


def table() -> str:
    """The part of docs/dev/ledger.md that is made from the code."""
    lines = ["| event | by a person | counts | facts |", "| --- | --- | --- | --- |"]
    for term in EVENTS.values():
        facts = "; ".join(
            f"{f'*{name}*' if fact.optional else f'`{name}`'} ({fact.kind}) {fact.meaning}"
            for name, fact in term.facts.items()
        )
        human, counts = ("yes" if flag else "no" for flag in (term.human, term.counts))
        lines.append(f"| `{term.kind}`: {term.meaning} | {human} | {counts} | {facts} |")
    return "\n".join(lines) + "\n"


def test_page_of_the_ledger_has_the_events_of_the_code() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text.partition(BEGIN)[2].partition(END)[0] == table()


def test_verifier_knows_the_same_events() -> None:
    assert {kind for kind, term in EVENTS.items() if term.human} == HUMAN
    assert {kind for kind, term in EVENTS.items() if not term.human} == MACHINE
    assert {kind for kind, term in EVENTS.items() if not term.counts} == AFTER_RECORD


@pytest.mark.parametrize("kind", EVENTS)
def test_event_is_declared_under_its_own_name_with_a_sentence(kind: str) -> None:
    term = EVENTS[kind]
    assert term.kind == kind
    assert term.meaning.endswith(".")
    assert all(fact.meaning for fact in term.facts.values())


@pytest.mark.parametrize("kind", EVENTS)
def test_event_takes_its_own_facts(kind: str) -> None:
    assert check_facts(kind, facts_of(EVENTS[kind])) is EVENTS[kind]


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, term in EVENTS.items() for name in term.facts])
def test_fact_of_another_kind_is_refused_by_name(kind: str, name: str) -> None:
    facts = facts_of(EVENTS[kind]) | {name: WRONG[EVENTS[kind].facts[name].kind]}
    with pytest.raises(BadFactsError) as caught:
        check_facts(kind, facts)
    assert (caught.value.kind, caught.value.field) == (kind, name)


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, term in EVENTS.items() for name in term.facts])
def test_fact_may_be_missing_only_when_it_is_optional(kind: str, name: str) -> None:
    facts = facts_of(EVENTS[kind])
    del facts[name]
    if EVENTS[kind].facts[name].optional:
        assert check_facts(kind, facts) is EVENTS[kind]
        return
    with pytest.raises(BadFactsError) as caught:
        check_facts(kind, facts)
    assert caught.value.found == "nothing"


@pytest.mark.parametrize("kind", EVENTS)
def test_unknown_fact_is_refused_by_name(kind: str) -> None:
    with pytest.raises(BadFactsError) as caught:
        check_facts(kind, facts_of(EVENTS[kind]) | {"extra": 1})
    assert caught.value.field == "extra"


def test_unknown_event_is_refused_by_name() -> None:
    with pytest.raises(UnknownEventError) as caught:
        check_facts("page.guessed", {})
    assert caught.value.fields == {"kind": "page.guessed"}
