"""Options of the scenario tests."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest -n 0 tests/scenarios/test_check.py --update-bad` writes bad/expected.txt anew; read it all."""
    parser.addoption("--update-bad", action="store_true", help="write what the bad scenario files must give")
