"""Tests of the rooms that know Django."""
