# The two commands of a newcomer: make demo, make test. Without make (Windows): python tools/house.py demo | test
PYTHON ?= python3

.PHONY: demo test env lock messages format

demo test env lock messages format:
	@$(PYTHON) tools/house.py $@
