"""The pages of elections, one file for each part of the work."""
