"""The one place where a refusal becomes a sentence on stderr and an exit code. No traceback passes here."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Callable
from enum import IntEnum
from typing import ClassVar

import click

from daihoi.words.errors import Coded, sentence
from daihoi.words.language import N_, _


class ExitCode(IntEnum):
    """What a script may rely on."""

    DONE = 0
    STOPPED = 1
    USAGE = 2
    BOARD_MUST_DECIDE = 3


class CliError(Exception):
    """The command line's own refusals; the data in `fields`.

    CliError
    +-- KeyExistsError          a key would be overwritten
    +-- NoTerminalError         a passphrase is wanted and nobody can be asked
    +-- KeyLockedError          a key is locked and nobody can be asked for its passphrase
    +-- NoTerminalForPinError   a token wants its PIN and nobody can be asked
    +-- FolderNotOursError      a folder that this command did not make
    +-- ScanUnreadableError     a scan of the test sheet that holds no page
    """

    code: ClassVar[str] = "cli.error"

    def __init__(self, **fields: object) -> None:
        """Keep the data of the refusal by name."""
        self.fields: dict[str, object] = fields
        super().__init__(self.code, fields)


class KeyExistsError(CliError):
    """A key file stands already at `path`."""

    code = "cli.key_exists"


class NoTerminalError(CliError):
    """There is no terminal to ask for a passphrase; `variable` may hold it instead."""

    code = "cli.no_terminal_for_passphrase"


class KeyLockedError(CliError):
    """The key is locked and there is no terminal to ask at; `variable` may hold its passphrase."""

    code = "cli.key_locked"


class NoTerminalForPinError(CliError):
    """There is no terminal to ask for the PIN of `token` at, and it is taken from nowhere else."""

    code = "cli.no_terminal_for_pin"


class FolderNotOursError(CliError):
    """The folder `path` holds what this command did not make."""

    code = "cli.folder_not_ours"


class ScanUnreadableError(CliError):
    """The file `file` holds no page that can be looked at, for `reason`."""

    code = "cli.scan_unreadable"


UNEXPECTED = N_(
    "Something went wrong that Daihoi did not foresee ({kind}: {text}). Nothing was announced. Please report it; with "
    "DAIHOI_DEBUG=1 the same command shows the details to send along."
)
STOPPED_BY_HAND = N_("Stopped. What was already written stays; give the same command again to go on.")

# The reasons of the system come in the system's language and without a way out; these are ours.
_SYSTEM: dict[int, str] = {
    errno.ENOENT: N_("{file} does not exist; check the path."),
    errno.EACCES: N_("{file} may not be read or written by this account; check its permissions."),
    errno.EPERM: N_("{file} may not be read or written by this account; check its permissions."),
    errno.ENOSPC: N_("The disk is full, {file} could not be written. Free some space and give the same command again."),
    errno.EROFS: N_("{file} lies on a disk that cannot be written to; choose another folder."),
    errno.EISDIR: N_("{file} is a folder; a file is wanted here."),
    errno.ENOTDIR: N_("{file} is not a folder; a folder is wanted here."),
    errno.EEXIST: N_("{file} exists already and is not overwritten."),
    errno.EIO: N_("The disk failed at {file}. Copy the folder to another disk and give the same command again."),
    errno.ENAMETOOLONG: N_("{file} is too long for a file name."),
}


def guarded(work: Callable[[], int]) -> int:
    """Run a command and answer with its exit code; every failure becomes one sentence on stderr."""
    try:
        return work()
    except click.exceptions.Exit as left:
        return left.exit_code
    except click.UsageError as wrong:
        wrong.show()
        return ExitCode.USAGE
    except (KeyboardInterrupt, click.Abort):
        return _stop(_(STOPPED_BY_HAND))
    except click.ClickException as wrong:
        return _stop(wrong.format_message())
    except BrokenPipeError:
        # Whoever read our output (head, more) went away; what is left in the buffer must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.STOPPED
    except OSError as failed:
        return _stop(system_sentence(failed))
    except Exception as error:
        return _stop(sentence(error) if isinstance(error, Coded) else _unexpected(error))


def system_sentence(failed: OSError) -> str:
    """What the disk or the system refused, naming the file."""
    file = failed.filename2 or failed.filename or _("a file")
    template = _SYSTEM.get(failed.errno or 0)
    if template is None:
        return f"{file}: {failed.strerror or failed}"
    return _(template).format(file=file)


def _unexpected(error: Exception) -> str:
    if os.environ.get("DAIHOI_DEBUG") == "1":
        traceback.print_exception(error)
    return _(UNEXPECTED).format(kind=type(error).__name__, text=str(error).strip().split("\n")[0])


def _stop(words: str) -> int:
    click.echo(words, err=True)
    return ExitCode.STOPPED
