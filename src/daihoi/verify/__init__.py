"""An exported record to findings: recounts by its own code path, trusting neither `rules` nor `reading`."""
