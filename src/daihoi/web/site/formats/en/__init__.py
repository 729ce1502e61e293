"""English, as it is written in Vietnam: days before months."""
