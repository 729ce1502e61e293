"""Spreadsheets in: a file becomes a grid of cells, the grid rows of values, the rows a preview, the preview an act.

A room subclasses `plan.Importer` (its fields, how rows are judged against the database, how they are written) and hands
it to `pages.import_page`. Nothing is written before a person confirms what the preview shows.
"""
