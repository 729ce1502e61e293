"""What docs/serving.md says the terminal says is what `daihoi serve --lan` says."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_page_quotes_the_sentences_of_the_command() -> None:
    page = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8")
    said = (ROOT / "src" / "daihoi" / "cli" / "web.py").read_text(encoding="utf-8")
    block = page.split("The terminal says", 1)[1].split("\n\n")[1]
    lines = [line.strip() for line in block.splitlines()]
    quoted = [re.split(r" (?=/srv|https:)", line)[0] for line in lines if line[0] not in "F("]
    assert len(quoted) == 4
    assert [line for line in quoted if line not in said] == []


def test_the_page_names_files_that_are_written() -> None:
    page = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8")
    written = (ROOT / "src" / "daihoi" / "web" / "site" / "certificates.py").read_text(encoding="utf-8")
    for name in ("authority.pem", "authority-key.pem"):
        assert name in page
        assert f'"{name}"' in written
