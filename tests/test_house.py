"""What no import contract can say: the rules of the house, held by reading the house itself."""

from __future__ import annotations

import ast
import importlib
import inspect
import pickle
import pkgutil
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist

import daihoi
from daihoi.words.errors import FAMILIES, sentences
from tests.catalogues import placeholders

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "daihoi"
FILES = sorted(SOURCE.rglob("*.py"))
FORBIDDEN_NAMES = {"utils", "common", "core", "helpers", "misc", "manager", "util", "helper"}
STDLIB_CORES = ("rules", "sheet", "ledger", "verify")
# One file each may sign and check signatures.
SIGNATURES = {SOURCE / "ledger" / "signatures.py", SOURCE / "verify" / "signatures.py"}
DJANGO_ERRORS = (ObjectDoesNotExist, MultipleObjectsReturned)
NETWORK = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "requests", "asyncio", "xmlrpc", "socketserver"}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, at its top or inside a function, as an absolute name."""
    package = ("daihoi", *path.relative_to(SOURCE).with_suffix("").parts[:-1])
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            yield ".".join((*above, *((node.module,) if node.module else ())))


def named(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def test_files_bear_names_that_say_something() -> None:
    # rules/base.py is the voting base (số đại biểu làm cơ sở tính), not a junk drawer.
    drawers = [path for path in FILES if path.stem == "base" and path != SOURCE / "rules" / "base.py"]
    assert drawers + [path for path in FILES if FORBIDDEN_NAMES & {path.stem, path.parent.name}] == []


def test_modules_say_what_they_are() -> None:
    silent = [named(path) for path in FILES if not ast.get_docstring(tree(path))]
    assert [path for path in silent if "/migrations/" not in path] == []


@pytest.mark.parametrize("core", STDLIB_CORES)
def test_core_imports_the_standard_library_only(core: str) -> None:
    foreign = {
        (named(path), module)
        for path in FILES
        if path.relative_to(SOURCE).parts[0] == core
        for module in imported(path)
        if (top := module.split(".")[0]) not in sys.stdlib_module_names
        and top != "daihoi"
        and not (top == "cryptography" and path in SIGNATURES)
    }
    assert foreign == set()


@pytest.mark.parametrize("core", ["rules", "sheet", "ledger", "verify", "words", "reading"])
def test_core_has_no_clock_and_no_chance(core: str) -> None:
    """A count must come out the same tomorrow: nothing in a core asks for the time or for a random number."""
    asked = {
        (named(path), node.attr)
        for path in FILES
        if path.relative_to(SOURCE).parts[0] == core
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in {"now", "today", "utcnow", "time_ns", "urandom", "default_rng"}
    }
    assert asked == set()


def test_nobody_reaches_for_the_network_but_who_serves() -> None:
    # urllib.parse takes names apart, http (not http.client) names the statuses of answers: they ask nobody.
    harmless = {"urllib.parse", "http"}
    asked = {(path, module) for path in FILES for module in imported(path) if module not in harmless}
    reached = {named(path) for path, module in asked if module.split(".")[0] in NETWORK}
    # To serve a hall one must know one's own addresses and whether a port is taken; a cluster is asked for by name.
    serving = {"cli/web.py", "web/site/certificates.py", "web/site/serving.py"}
    assert reached <= serving | {"counts/pool_cluster.py"}


def test_only_the_web_knows_django() -> None:
    knows = {named(path).split("/")[0] for path in FILES for module in imported(path) if module.startswith("django")}
    assert knows == {"web"}


def test_the_command_line_knows_the_web_in_one_file() -> None:
    knows = {
        named(path)
        for path in FILES
        for module in imported(path)
        if module.startswith("daihoi.web") and not named(path).startswith("web/")
    }
    assert knows == {"cli/web.py"}


def test_imports_make_no_circle() -> None:
    modules = {module_name(path): path for path in FILES}
    arrows = {
        name: {target for target in targets_of(path, modules) if target != name} for name, path in modules.items()
    }
    assert circle_in(arrows) == []


def module_name(path: Path) -> str:
    parts = ("daihoi", *path.relative_to(SOURCE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def targets_of(path: Path, modules: dict[str, Path]) -> Iterator[str]:
    """Modules of ours that a file imports; `from package import module` names the module, not the package."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in modules else node.module if node.module in modules else module_name(path)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)


def circle_in(arrows: dict[str, set[str]]) -> list[str]:
    """One circle as a list of names, or nothing."""
    done: set[str] = set()

    def walk(name: str, way: list[str]) -> list[str]:
        if name in way:
            return [*way[way.index(name) :], name]
        if name in done:
            return []
        for target in sorted(arrows.get(name, ())):
            found = walk(target, [*way, name])
            if found:
                return found
        done.add(name)
        return []

    return next((found for name in sorted(arrows) if (found := walk(name, []))), [])


def test_circle_in_finds_a_circle() -> None:
    assert circle_in({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]
    assert circle_in({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


@cache
def error_classes() -> list[type[Exception]]:
    """Every error class that a room defines, wherever in the room it stands."""
    for module in pkgutil.walk_packages(daihoi.__path__, "daihoi."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found: set[type[Exception]] = set()
    waiting: list[type[Exception]] = [Exception]
    while waiting:
        for child in waiting.pop().__subclasses__():
            if child not in found:
                found.add(child)
                waiting.append(child)
    # Django gives every model two errors of its own, which our views answer for.
    ours = (c for c in found if c.__module__.startswith("daihoi.") and not issubclass(c, DJANGO_ERRORS))
    return sorted(ours, key=lambda c: (c.__module__, c.__name__))


def family_of(error: type[Exception]) -> str:
    """The room of an error; minutes and handing over are parts of rooms large enough for a family of their own."""
    parts = error.__module__.split(".")
    return {"papers.minutes": "minutes", "papers.signed": "signed", "web.hall": "handover"}.get(
        ".".join(parts[1:3]), parts[1]
    )


def is_root(error: type[Exception]) -> bool:
    return not any(parent.__module__.startswith("daihoi.") for parent in error.__mro__[1:])


@cache
def raised_by_name() -> frozenset[str]:
    """The names of all classes that some file of ours raises."""
    return frozenset(
        node.exc.func.id
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and isinstance(node.exc.func, ast.Name)
    )


def test_every_error_has_a_code_of_its_own_family() -> None:
    wrong = [e.__qualname__ for e in error_classes() if not str(getattr(e, "code", "")).startswith(f"{family_of(e)}.")]
    assert wrong == []


def test_every_error_that_is_raised_has_a_sentence() -> None:
    # A class with children that nobody raises by its name only draws the tree.
    missing = [
        f"{error.__module__}.{error.__name__}"
        for error in error_classes()
        if (not error.__subclasses__() or error.__name__ in raised_by_name())
        and getattr(error, "code", None) not in sentences()
    ]
    assert missing == []


def fields_of(error: type[Exception]) -> list[str]:
    """What an error is raised with: named arguments, or the fields that it annotates, or any."""
    named = [name for name, one in inspect.signature(error).parameters.items() if one.kind is not one.VAR_KEYWORD]
    annotated = [name for one in error.__mro__ for name in vars(one).get("__annotations__", {})]
    return named or [name for name in annotated if name not in {"code", "fields"}] or ["any"]


@pytest.mark.parametrize(
    "error",
    [one for one in error_classes() if hasattr(one, "code") and not one.__subclasses__()],
    ids=lambda one: one.__name__,
)
def test_every_error_travels_between_processes(error: type[Exception]) -> None:
    raised = error(**dict.fromkeys(fields_of(error), "x"))

    arrived = pickle.loads(pickle.dumps(raised))

    assert type(arrived) is error
    assert arrived.fields == raised.fields == dict.fromkeys(fields_of(error), "x")


def test_no_two_errors_share_a_sentence() -> None:
    codes = [str(getattr(error, "code", "")) for error in error_classes() if not error.__subclasses__()]
    assert sorted(codes) == sorted(set(codes))


def test_every_room_has_one_family_of_errors() -> None:
    roots: dict[str, list[str]] = {}
    for error in error_classes():
        if is_root(error):
            roots.setdefault(family_of(error), []).append(error.__name__)
    assert {family: names for family, names in roots.items() if len(names) != 1} == {}


def test_every_sentence_belongs_to_a_room_and_says_something() -> None:
    for family in FAMILIES:
        room = family.__name__.split(".")[-1]
        assert [code for code in family.SENTENCES if not code.startswith(f"{room}.")] == []
    for code, sentence in sentences().items():
        assert len(sentence) > 10, code
        assert placeholders(sentence) is not None, code


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


DECISIONS = (ast.If, ast.For, ast.While, ast.ExceptHandler, ast.IfExp, ast.comprehension, ast.match_case)


def branches(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """1 + decisions of a function, without those of functions inside it; each `and` and `or` decides."""
    count, waiting = 1, list(ast.iter_child_nodes(function))
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        count += len(node.values) - 1 if isinstance(node, ast.BoolOp) else isinstance(node, DECISIONS)
        waiting.extend(ast.iter_child_nodes(node))
    return count


def lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def over_budget(path: Path) -> Iterator[str]:
    """What is too long or too tangled; migrations are written by Django and never again by us."""
    if path.parent.name != "migrations" and len(path.read_text(encoding="utf-8").splitlines()) > 400:
        yield named(path)
    yield from (f"{named(path)}: {one.name}" for one in functions(path) if lines(one) > 80 or branches(one) > 15)


def test_files_and_functions_stay_in_their_budget() -> None:
    assert [one for path in FILES for one in over_budget(path)] == []
