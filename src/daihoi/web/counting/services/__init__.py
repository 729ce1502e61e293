"""Acts of the counting room, a file for each step of the count."""
