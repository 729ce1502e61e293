"""Pens, paper and scanners for rehearsal and tests; knows nothing of the reader."""
