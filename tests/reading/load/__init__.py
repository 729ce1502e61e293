"""Tests of the loaders, a file for each kind."""
