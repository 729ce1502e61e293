"""The command-line library's own words stand in our catalogue."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import click
from click.testing import CliRunner

from daihoi.words.click_words import CLICK_PLURALS, CLICK_WORDS
from daihoi.words.language import speak

# What a user of our commands cannot meet: mistakes of the programmer, shell completion, editors, dates, confirmations.
OUT_OF_SIGHT = {
    "(dynamic)",
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Choice({choices})",
    "Confirm the action without prompting.",
    "Could not determine name for option with declarations {decls!r}",
    "Couldn't detect Bash version, shell completion is not supported.",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
    "Do you want to continue?",
    "Invalid start character for option ({option})",
    "Name '{name}' defined twice",
    (
        "No options defined but a name was passed ({name}). Did you mean to declare an argument instead? "
        "Did you mean to pass '--{name}'?"
    ),
    "Press any key to continue...",
    "Shell completion is not supported for Bash versions older than 4.4.",
    "Unknown color {colour!r}",
    "Unknown standard stream '{name}'",
    "Value must be an iterable.",
    "Windows error: {error}",
    "d",
    "deprecated",
    "{editor}: Editing failed",
    "{editor}: Editing failed: {e}",
    "{len_type} values are required, but {len_value} was given.",
    "{name} {filename!r} is not executable.",
    "{value!r} does not match the format {format}.",
    "{value!r} is not a valid UUID.",
    "{value!r} is not a valid boolean. Recognized values: {states}",
}


def words_of_click() -> Iterator[str]:
    """The first argument of every `_()` and `ngettext()` in the installed click."""
    for path in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}:
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value


def test_every_word_of_click_that_a_user_can_meet_is_collected() -> None:
    ours = set(CLICK_WORDS) | {one for one, _many in CLICK_PLURALS}
    found = set(words_of_click())
    assert len(found) > 40
    assert found - OUT_OF_SIGHT - ours == set()


def test_usage_speaks_vietnamese() -> None:
    speak("vi")
    try:
        result = CliRunner().invoke(click.Command("x", params=[click.Option(["--ballots"])]), ["--help"])
    finally:
        speak("en")
    assert result.output.startswith("Cách dùng:")
