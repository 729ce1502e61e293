"""A scan of the scanner test sheet, measured: which setting of the scanner would cost ballots.

`check.check_scanner` is the whole way. Nothing here reads ballots, and nothing of the ballot reader is used after
loading, so that a fault of the one does not hide in the other.
"""
