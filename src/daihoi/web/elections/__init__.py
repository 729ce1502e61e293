"""Elections: the bodies that vote, their contests round by round, lists, hand votes, printed ballots, figures."""
