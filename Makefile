# The two commands of a newcomer: make demo, make test. Without make (Windows): python tools/house.py demo | test
PYTHON ?= python3

# make test-all: everything that touches the database on SQLite and on PostgreSQL, the browser's day too
.PHONY: demo test test-all env lock messages format

demo test test-all env lock messages format:
	@$(PYTHON) tools/house.py $@
