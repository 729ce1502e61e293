"""The words of the day of an election: what the chair reads, and what guides, cards and sheets say."""
