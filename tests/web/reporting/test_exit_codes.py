"""What the command prints, and with which code it leaves."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from daihoi.cli.web import import_command
from daihoi.web.site import receiving, serving
from daihoi.web.site.receiving import Answer, Asked


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        (Answer(("package.zip: new",), ()), 0, "Nothing was taken in"),
        (Answer((), ("bad.zip: no zip",)), 1, "bad.zip: no zip"),
    ],
)
def test_the_command_leaves_with_1_where_a_package_is_not_ready(
    monkeypatch: pytest.MonkeyPatch, answer: Answer, code: int, said: str
) -> None:
    given: list[Asked] = []

    def told(files: tuple[Path, ...], asked: Asked) -> Answer:
        given.append(asked)
        return answer

    monkeypatch.setattr(serving, "open_house", lambda: None)
    monkeypatch.setattr(receiving, "receive", told)
    line = ["packages", "a.zip", "b.zip", "--digest", "aa", "--digest", "bb", "--reason", "x"]
    done = CliRunner().invoke(import_command(), line, standalone_mode=False)
    assert done.return_value == code
    assert said in done.output
    assert given == [Asked(("aa", "bb"), "", "x", False, "en")]
