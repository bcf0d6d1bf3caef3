"""Runs every benchmark, or those named: `python -m benchmarks engine reading`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Final

ALL: Final = ("engine", "reading", "proof", "start", "scene", "rating", "room")


def main(names: list[str]) -> int:
    """Run and print each; 2 where a name is not a benchmark."""
    for name in names or list(ALL):
        if name not in ALL:
            print(f"There is no benchmark {name!r}; there are: {', '.join(ALL)}", file=sys.stderr)
            return 2
        run: Callable[[], None] = import_module(f"benchmarks.{name}").main
        print(f"\n== {name}", flush=True)
        run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
