"""The sentences of the errors of simulation."""

from __future__ import annotations

from daihoi.words.language import N_

SENTENCES: dict[str, str] = {
    "simulation.refused": N_("The simulation was refused."),
    "simulation.unknown_scanner": N_("There is no simulated scanner '{scanner}'. Choose one of: {known}."),
    "simulation.no_ballots": N_("{ballots} ballots cannot be simulated. Ask for at least one."),
    "simulation.output_not_empty": N_(
        "The folder {folder} holds '{file}', which no simulation wrote there. Name an empty folder, so that nothing of "
        "yours is counted as a simulated ballot or overwritten."
    ),
    "simulation.pages_differ": N_(
        "The ballot has {pages} pages but {rasters} were drawn. Print the ballots anew and simulate again."
    ),
}
