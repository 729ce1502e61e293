"""What stops the house from starting, being copied or being put back.

WebError
+-- SettingError            a setting of the environment has a value that cannot be
+-- PortTakenError          another program answers on this port
+-- DatabaseError           the database cannot be reached, or does not take what is written
+-- NoHouseError            there is no house where one is to be looked at
+-- NotSqliteError          the database is PostgreSQL, which has its own tool for copies
+-- BackupExistsError       the file to be written is there already
+-- BackupBrokenError       the file is no whole database of a house
+-- BackupNotWrittenError   the copy could not be written to its end
+-- AuthorityBrokenError    the house's own authority of certificates is not whole
+-- HouseRunsError          the house is being served; nothing is put under its feet
+-- ListRefusedError        a list that is loaded by command holds faults; nothing of it was taken
"""

from __future__ import annotations

from typing import ClassVar


class WebError(Exception):
    """The family; the data in `fields`."""

    code: ClassVar[str] = "web.error"

    def __init__(self, **fields: object) -> None:
        """Keep the data by name."""
        super().__init__(self.code, fields)
        self.fields: dict[str, object] = fields


class SettingError(WebError):
    """`name` holds `found` where `expected` is."""

    code = "web.bad_setting"


class PortTakenError(WebError):
    """Somebody answers on `port` at `address`."""

    code = "web.port_taken"


class NotSqliteError(WebError):
    """The database is PostgreSQL."""

    code = "web.not_sqlite"


class BackupExistsError(WebError):
    """`file` is there already."""

    code = "web.backup_exists"


class BackupBrokenError(WebError):
    """`file` is no whole database of a house, for `reason`."""

    code = "web.backup_broken"


class BackupNotWrittenError(WebError):
    """`file` could not be written to its end, for `reason`."""

    code = "web.backup_not_written"


class HouseRunsError(WebError):
    """The house of `folder` is being served."""

    code = "web.house_runs"


class AuthorityBrokenError(WebError):
    """The authority in `file`, or its key beside it, cannot be read."""

    code = "web.authority_broken"


class DatabaseError(WebError):
    """The database does not answer, or not as it should, for `reason`."""

    code = "web.database"


class NoHouseError(WebError):
    """There is no `file`."""

    code = "web.no_house"


class ListRefusedError(WebError):
    """A list holds `faults`, a sentence each; nothing of it was taken."""

    code = "web.list_refused"
