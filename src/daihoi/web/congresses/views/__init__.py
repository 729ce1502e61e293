"""The pages of congresses, one file for each part of the work."""
