"""The counting room: scans, doubtful marks, keyed ballots, reconciliation, the result until it is announced."""
