"""The COUNT folder: copy, resume, read in a pool, decide, seal."""
