"""Tests of the programs in bench/: what they count, and 20,000 positions through the readers."""
