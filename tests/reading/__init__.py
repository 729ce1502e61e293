"""Tests of the reading room, with marks drawn by another hand than the simulator's."""
