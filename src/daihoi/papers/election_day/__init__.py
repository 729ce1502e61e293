"""Papers of the day of an election: guides, role cards, sheets for a count by hand, the result to carry, rehearsal."""
