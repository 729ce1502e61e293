"""A package with all of the house, locked under the board's passphrase, from which a second laptop goes on."""
