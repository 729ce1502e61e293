"""Lists of a congress that are taken in from spreadsheets: a file for each."""
