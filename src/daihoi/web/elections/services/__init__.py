"""Acts on elections: `sittings`, `lists`, `ballots`, `outcomes`; `moving` is how a contest changes its state."""
