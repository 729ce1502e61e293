"""What takes minutes is asked by `make test-all` alone; `make test` stays within the patience of a person who waits."""

from __future__ import annotations

import os

import pytest

EVERYTHING = pytest.mark.skipif(not os.environ.get("DAIHOI_TEST_ALL"), reason="asked by make test-all")
ONLY_IN_SHORT = pytest.mark.skipif(bool(os.environ.get("DAIHOI_TEST_ALL")), reason="part of what make test-all asks")
