"""Hash-chained entries, each event declared once with its meaning. Standard library only, no I/O of its own."""
