"""Golden frames of the review app are compared as those of the trainee app are; `--update-golden` is theirs.

`pytest -n 0 tests/simulator/tui/conftest.py tests/facilitator/tui --update-golden` writes them anew.
"""

from __future__ import annotations

from tests.simulator.tui.conftest import golden, still

__all__ = ["golden", "still"]
