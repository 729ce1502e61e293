"""Who may vote at a congress: the roll of delegates, its figures for the credentials report, its quorum and checks."""
