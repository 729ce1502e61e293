#!/usr/bin/env python3
"""Build the environment from the lock and run the house's commands, with or without make, on Linux, macOS and Windows.

    python tools/house.py env       build .venv from requirements/dev.txt
    python tools/house.py demo      the main job from end to end, into ./demo-out/
    python tools/house.py test      style, types, contracts, tests; those of the web on PostgreSQL too
    python tools/house.py test-all  the same, and the browser's day in English and on PostgreSQL too
    python tools/house.py lock      write requirements/*.txt anew (needs uv)
    python tools/house.py messages  collect sentences for translation, compile the catalogues
    python tools/house.py format    put the code into the house's form

Standard library only: it must run before anything is installed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import throwaway_postgres

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements" / "dev.txt"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
# Half of all tests each, in their order, and the rest of the other's at the end: what a module prepares is made once.
PYTEST = (PYTHON, "-m", "pytest", "-n", str(min(os.cpu_count() or 1, 8)), "--dist", "worksteal", "-q")


def run(*command: str | Path) -> None:
    """Run a command in the root of the house; leave with its exit code when it fails."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(done.returncode)


def program(name: str) -> Path:
    """A program of the environment by its module or script name."""
    return BIN / (f"{name}.exe" if os.name == "nt" else name)


def tool(name: str, *arguments: str | Path) -> None:
    """Run a program of the environment."""
    run(program(name), *arguments)


def side_by_side(*commands: tuple[str, ...]) -> None:
    """Run programs of the environment at the same time, and tell each when it ends; leave when one of them fails."""
    begun = []
    for name, *arguments in commands:
        command = [str(program(name)), *arguments]
        begun.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT))
    for one in begun:
        told, _nothing = one.communicate()
        print(told.decode(errors="replace"), end="", flush=True)
    if left := next((one.returncode for one in begun if one.returncode), 0):
        raise SystemExit(left)


def state_of_lock() -> str:
    """What the environment must have been built from: lock, project file and Python."""
    parts = (LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), sys.version.encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def build_environment() -> None:
    """Make .venv from the development lock unless it already stands; through uv when present, else pip."""
    stamp = VENV / "built-from.txt"
    if stamp.is_file() and stamp.read_text() == state_of_lock() and PYTHON.is_file():
        return
    if sys.version_info < (3, 11):  # noqa: UP036 -- the newcomer's Python may well be older
        raise SystemExit("Daihoi needs Python 3.11 or newer / Daihoi cần Python 3.11 trở lên.")
    uv = shutil.which("uv")
    if uv:
        run(uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV)
        run(uv, "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "-r", LOCK)
        run(uv, "pip", "install", "--quiet", "--python", PYTHON, "--no-deps", "--no-build-isolation", "-e", ROOT)
    else:
        run(sys.executable, "-m", "venv", "--clear", VENV)
        pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
        run(*pip, "--require-hashes", "-r", LOCK)
        run(*pip, "--no-deps", "--no-build-isolation", "-e", ROOT)
    stamp.write_text(state_of_lock())


def test() -> None:
    """All that CI holds the house to."""
    # mypy alone takes most of a minute of one core.
    side_by_side(("mypy",), ("ruff", "check", "."), ("ruff", "format", "--check", "."), ("lint-imports",))
    run(*PYTEST)
    on_postgres("tests/web")


def test_all() -> None:
    """Everything that touches the database on both databases, and the day of a congress in both languages."""
    os.environ["DAIHOI_TEST_ALL"] = "1"
    test()
    on_postgres("tests/browser", "tests/cli")


def on_postgres(*folders: str) -> None:
    """Tests of these folders once more, on a PostgreSQL that is made for them; a sentence where there is none."""
    there = [folder for folder in folders if (ROOT / folder).is_dir()]
    print(f"The same on PostgreSQL: {' '.join(there)}", flush=True)
    try:
        left = throwaway_postgres.run([str(part) for part in (*PYTEST, *there)], ROOT)
    except throwaway_postgres.NoPostgresError as error:
        print(f"Not run on PostgreSQL, for there is none here ({error}); Debian's package postgresql brings one.")
        return
    if left:
        raise SystemExit(left)


def lock() -> None:
    """Lock names, versions and hashes, no addresses, for every platform."""
    base = ("uv", "pip", "compile", "pyproject.toml", "--universal", "--generate-hashes", "--no-header", "--quiet")
    run(*base, "--python-version", "3.11", "-o", "requirements/runtime.txt")
    run(*base, "--python-version", "3.11", "--extra", "cluster", "-o", "requirements/cluster.txt")
    run(*base, "--python-version", "3.11", "--extra", "pkcs11", "-o", "requirements/pkcs11.txt")
    # The cluster and the keys in a device are tested like all the rest.
    extras = ("--extra", "dev", "--extra", "cluster", "--extra", "pkcs11")
    run(*base, "--python-version", "3.11", *extras, "-o", "requirements/dev.txt")


def messages() -> None:
    """Collect msgids from the code, update both catalogues, compile them."""
    run(PYTHON, "tools/messages.py")


def demo() -> None:
    """The main job, from a candidate list to minutes that prove themselves."""
    tool("daihoi", "demo", "--out", "demo-out")


def format_code() -> None:
    """Format and mend what can be mended by machine."""
    tool("ruff", "format", ".")
    tool("ruff", "check", "--fix", ".")


COMMANDS = {
    "env": lambda: None,
    "demo": demo,
    "test": test,
    "test-all": test_all,
    "lock": lock,
    "messages": messages,
    "format": format_code,
}


def main() -> None:
    """Build the environment, then do what was asked."""
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        raise SystemExit(__doc__)
    if sys.argv[1] != "lock":
        build_environment()
    COMMANDS[sys.argv[1]]()


if __name__ == "__main__":
    main()
