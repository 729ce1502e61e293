"""Lists that people can search, sort, page, cut to the columns they want, and take out as a spreadsheet."""
