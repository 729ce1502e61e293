"""What stops a house from being handed to a second laptop.

HandoverError
+-- PassphraseShortError        a passphrase of the board that anybody could guess
+-- PassphraseWrongError        another passphrase than the package was written under
+-- PackageForeignError         the file is no package of a house
+-- PackageBrokenError          the package ends too early, or was altered
+-- PackageNotWrittenError      the package could not be written to its end
+-- TakeoverNotWrittenError     the package could not be unpacked to its end
+-- TakeoverThereError          there is something in the folder that the house would be put in
+-- HandoverOnlySqliteError     the database is PostgreSQL, which is handed over by its own tools
+-- HandoverNoPlanError         no passphrase was set for packages
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar


class HandoverError(Exception):
    """The family; the data in `fields`."""

    code: ClassVar[str] = "handover.error"

    def __init__(self, **fields: object) -> None:
        """Keep the data by name."""
        super().__init__(self.code, fields)
        self.fields: dict[str, object] = fields

    def __reduce__(self) -> tuple[object, tuple[()]]:
        """Travel from one process to another."""
        return partial(type(self), **self.fields), ()


class PassphraseShortError(HandoverError):
    """Fewer than `least` characters."""

    code = "handover.passphrase_short"


class PassphraseWrongError(HandoverError):
    """Not the passphrase of `file`."""

    code = "handover.passphrase_wrong"


class PackageForeignError(HandoverError):
    """`file` is no package."""

    code = "handover.package_foreign"


class PackageBrokenError(HandoverError):
    """`file` is cut short or altered."""

    code = "handover.package_broken"


class PackageNotWrittenError(HandoverError):
    """`file` could not be written, for `reason`."""

    code = "handover.package_not_written"


class TakeoverNotWrittenError(HandoverError):
    """`folder` could not be filled, for `reason`."""

    code = "handover.takeover_not_written"


class TakeoverThereError(HandoverError):
    """`folder` holds something."""

    code = "handover.takeover_there"


class HandoverOnlySqliteError(HandoverError):
    """The database is PostgreSQL."""

    code = "handover.only_sqlite"


class HandoverNoPlanError(HandoverError):
    """Nobody set a passphrase."""

    code = "handover.no_plan"
