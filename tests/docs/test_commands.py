"""The page of commands is what the commands say of themselves, and both languages say all of it."""

from __future__ import annotations

import click
import pytest

from daihoi.cli.main import COMMANDS, commands
from daihoi.words.language import speak
from tests.docs.commands import PAGE, every_command, page

CONTRACT = {
    "daihoi demo": {"--out"},
    "daihoi ballots": {"--contest", "--out", "--copies", "--rehearsal"},
    "daihoi sheet learn": {"--mark", "--names", "--out"},
    "daihoi scanner-sheet": {"--out"},
    "daihoi scanner-check": {"--askew", "--both-sides", "--ruler"},
    "daihoi separators": {"--contest", "--batches", "--size", "--last", "--out", "--rehearsal"},
    "daihoi simulate": {"--contest", "--ballots", "--seed", "--out", "--scanner", "--source", "--rehearsal"},
    "daihoi count": {
        *("--contest", "--scans", "--out", "--workers", "--rehearsal", "--sheet", "--watch", "--until"),
        *("--backs", "--source"),
        *("--cluster", "--tls-ca", "--tls-cert", "--tls-key"),
    },
    "daihoi decide": {"--by"},
    "daihoi tally": {"--contest", "--ballots", "--out"},
    "daihoi compare": {"--out"},
    "daihoi minutes": {"--sign", "--pkcs11", "--token", "--certificate", "--place"},
    "daihoi keys new": {"--out", "--passphrase"},
    "daihoi seal": {"--key", "--out", "--without-images"},
    "daihoi verify": {"--digest", "--key"},
    "daihoi serve": {"--data", "--lan", "--port"},
    "daihoi backup": {"--data", "--out"},
    "daihoi restore": {"--data"},
    "daihoi handover": {"--out", "--data"},
    "daihoi takeover": {"--data"},
    "daihoi import organisations": {"--data"},
    "daihoi import members": {"--data"},
    "daihoi import packages": {"--data", "--digest", "--organisation", "--reason", "--yes"},
    "daihoi ledger verify": {"--data"},
}
"""Other programs call these; a change here breaks them."""


def test_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.docs.commands"


def test_every_command_is_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for words, _command in every_command(commands()):
        assert f"## {' '.join(words)}\n" in text


def test_commands_and_options_are_those_of_the_contract() -> None:
    found = {
        " ".join(words): {option for one in command.params if isinstance(one, click.Option) for option in one.opts}
        for words, command in every_command(commands())
        if not isinstance(command, click.Group)
    }
    assert found == CONTRACT


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_command_and_option_has_help(language: str) -> None:
    speak(language)
    for words, command in every_command(commands()):
        assert command.help, words
        assert all(option.help for option in command.params if isinstance(option, click.Option)), words


def test_help_in_vietnamese_differs_from_help_in_english() -> None:
    speak("en")
    english = {words: command.help for words, command in every_command(commands())}
    speak("vi")
    vietnamese = {words: command.help for words, command in every_command(commands())}
    assert [words for words in english if english[words] == vietnamese[words]] == []


def test_commands_are_listed_in_the_order_of_the_work() -> None:
    assert list(COMMANDS)[:2] == ["demo", "ballots"]
    assert list(COMMANDS)[-1] == "ledger"
