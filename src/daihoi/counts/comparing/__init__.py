"""Two or three passes over the same papers, lined up by what stands on them; every difference for people to judge."""
