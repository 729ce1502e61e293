"""A second reader that shares no idea with the first: it knows where things stand, never how the print looks.

It finds page, rows and squares by outlines and rulings and measures strokes by what letters cannot do: close the white
between words, run level through a whole word. Nothing of the first reader is imported here, and nothing here by it.
"""
