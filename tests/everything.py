"""What takes minutes is asked by `make test-all` alone; `make test` stays within the patience of a person who waits."""

from __future__ import annotations

import os

import pytest

EVERYTHING = pytest.mark.skipif(not os.environ.get("DAIHOI_TEST_ALL"), reason="asked by make test-all")
