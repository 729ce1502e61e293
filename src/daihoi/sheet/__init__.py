"""Geometry and identity of a ballot sheet: the one description that printer and reader share. Standard library only."""
