"""The files that other programs see: ELECTION.toml, ballots.jsonl, review.csv, result.json, cvr.json."""
