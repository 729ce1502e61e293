"""Sentences for what stops a house from being handed to a second laptop."""

from __future__ import annotations

from collections.abc import Mapping

from daihoi.words.language import N_

SENTENCES: Mapping[str, str] = {
    "handover.passphrase_short": N_("The passphrase needs at least {least} characters; take several words."),
    "handover.passphrase_wrong": N_(
        "That is not the passphrase of {file}; type it again, both parts where two people hold it. Nothing was changed."
    ),
    "handover.package_foreign": N_("{file} is no package of a house; choose a file that ends in .daihoi-handover."),
    "handover.package_broken": N_(
        "{file} ends too early or was altered; take the package before it on the stick. Nothing was changed."
    ),
    "handover.package_not_written": N_(
        "The package {file} could not be written ({reason}); look at the stick and its space. The one before it stays."
    ),
    "handover.takeover_not_written": N_(
        "The house could not be unpacked to {folder} ({reason}); make room or choose another folder. The package stays."
    ),
    "handover.takeover_there": N_(
        "{folder} holds something already, and nothing is put over it; choose a folder that is empty or not there."
    ),
    "handover.only_sqlite": N_(
        "This house keeps its data in PostgreSQL; a second machine takes over by its copies, not by a package."
    ),
    "handover.no_plan": N_("No passphrase was set for packages; set it on the page of the second laptop first."),
}
