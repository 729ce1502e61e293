"""The election regulation, exact: base, lists, ballots, outcome, reconciliation, deadlines. Standard library only."""
