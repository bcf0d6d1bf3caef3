"""Reading a scenario and every check of one reading, in a fresh process, walks included."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.measure import best
from benchmarks.stories import story
from scenarios.check import judged
from scenarios.load import read_scenario
from scenarios.source import unhurried

SIZES = (100, 1_000, 2_500)


def once(path: str) -> None:
    """Read one file and say all that one reading can say of it, walks included; plays are not explored."""
    with unhurried():
        _, problems = judged(read_scenario(Path(path)), None)
    if any(problem.severity == "error" for problem in problems):
        raise RuntimeError(str(problems[0]))


def main() -> None:
    """Print the figures."""
    empty, _ = best(["-c", "import scenarios.check"])
    print(f"  start-up and imports alone: {empty:.2f} CPU-s")
    with tempfile.TemporaryDirectory() as folder:
        for moments in SIZES:
            path = Path(folder) / f"story-{moments}.yaml"
            path.write_text(story(moments), encoding="utf-8")
            least, median = best(["-c", f"from benchmarks.reading import once; once({str(path)!r})"], runs=3)
            size = path.stat().st_size / 1024
            print(f"{moments:>6} moments ({size:,.0f} KiB): least {least:.2f}, median {median:.2f} CPU-s")


if __name__ == "__main__":
    main()
