"""daihoi: one file per command group."""
