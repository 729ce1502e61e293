"""Editions of the election regulation as data, one file each, the clause beside each line."""
