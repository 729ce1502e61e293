"""Writes docs/settings.md and docs/dev/web-ledger.md from what the code declares: `python -m tests.docs.web_pages`."""

from __future__ import annotations

from pathlib import Path

from daihoi.web.audit.events import EVENTS
from daihoi.web.site.environment import SETTINGS

ROOT = Path(__file__).parents[2]
SETTINGS_PAGE = ROOT / "docs" / "settings.md"
EVENTS_PAGE = ROOT / "docs" / "dev" / "web-ledger.md"


def settings_page() -> str:
    """The page of the settings of the environment."""
    lines = [
        "# Settings of the house in the browser",
        "",
        "Made from the code (`python -m tests.docs.web_pages`); a test fails when the two differ. `daihoi serve` reads",
        "these variables of the environment; a wrong value refuses to start with a sentence.",
        "",
        "| variable | without it | must be | for |",
        "| --- | --- | --- | --- |",
    ]
    for one in SETTINGS.values():
        lines.append(
            f"| `{one.name}` | {f'`{one.default}`' if one.default else 'nothing'} | {one.expected} | {one.meaning} |"
        )
    return "\n".join(lines) + "\n"


def events_page() -> str:
    """The page of the acts that the ledger of the house holds."""
    lines = [
        "# The ledger of the house",
        "",
        "Made from `daihoi.web.audit.events` (`python -m tests.docs.web_pages`); a test fails when the two differ.",
        "Each act in the browser writes one entry in its own transaction, chained as in [ledger.md](ledger.md): who",
        "(`by`), when (`at`), on what (`subject`), and the facts below. `daihoi ledger verify` and the page of the",
        "ledger follow the chain. `place` is the key of the organisation or congress whose act it is, where the",
        "subject is neither: who holds the right to read the ledger for a part of the tree reads the acts of that",
        "part alone; an act without a place, as a sign-in, is read by who reads the whole.",
        "",
        "| act | meaning | facts |",
        "| --- | --- | --- |",
    ]
    for kind, term in EVENTS.items():
        facts = "; ".join(
            f"`{name}`{' (may be absent)' if fact.optional else ''}: {fact.meaning}"
            for name, fact in term.facts.items()
            if name not in {"subject", "place"}
        )
        lines.append(f"| `{kind}` | {term.meaning} | {facts} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    SETTINGS_PAGE.write_text(settings_page(), encoding="utf-8")
    EVENTS_PAGE.write_text(events_page(), encoding="utf-8")
