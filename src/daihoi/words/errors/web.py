"""Sentences for what stops the house from being served, copied or put back."""

from __future__ import annotations

from collections.abc import Mapping

from daihoi.words.language import N_

SENTENCES: Mapping[str, str] = {
    "web.bad_setting": N_("The setting {name} of the environment is {found}; it must be: {expected}."),
    "web.port_taken": N_("Another program answers on port {port} of {address}; stop it, or choose another by --port."),
    "web.not_sqlite": N_("This house keeps its data in PostgreSQL; copy it by pg_dump, put it back by pg_restore."),
    "web.backup_exists": N_("{file} is there already and is not overwritten; choose another name."),
    "web.backup_broken": N_("{file} is no whole copy of a house ({reason}); choose another copy. Nothing was changed."),
    "web.backup_not_written": N_("{file} could not be written to its end ({reason}); make room and try again."),
    "web.authority_broken": N_(
        "The house's authority {file}, or its key beside it, cannot be read. Put both back from a copy; or move them "
        "away, and install the new authority that the next start makes on each device."
    ),
    "web.database": N_("The database does not answer as it should ({reason}); look at DATABASE_URL and at its disk."),
    "web.no_house": N_("There is no house at {file}; check the folder given by --data or DAIHOI_DATA."),
    "web.list_refused": N_("Nothing was taken; mend the list and give the same command again.\n{faults}"),
    "web.house_runs": N_("The house of {folder} is being served; stop it first, then put the copy back."),
}
