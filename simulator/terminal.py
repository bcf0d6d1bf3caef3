"""May Textual run here? Asked before Textual is imported; the answer is None, or a sentence why not."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Final, TextIO

SMALLEST: Final = (40, 12)
_POOR: Final = frozenset({"", "dumb", "unknown", "cons25", "emacs"})


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # the stream has been closed
        return False


def _size(output: TextIO) -> tuple[int, int] | None:
    try:
        found = os.get_terminal_size(output.fileno())
    except (OSError, ValueError):
        return None
    return found.columns, found.lines


def why_not(
    stdin: TextIO | None = None,
    stdout: TextIO | None = None,
    stderr: TextIO | None = None,
    environ: Mapping[str, str] | None = None,
) -> str | None:
    """Why the full screen cannot be used here, as a sentence, or None where it can.

    Asks whether all three ends are a terminal (Textual paints on standard error), what kind it says it is,
    whether it takes UTF-8, and whether it is large enough to start in (40 columns by 12 rows). One that does
    not tell its size is given the benefit of the doubt.
    """
    stdin = sys.stdin if stdin is None else stdin
    stdout = sys.stdout if stdout is None else stdout
    stderr = sys.stderr if stderr is None else stderr
    environ = os.environ if environ is None else environ
    if not _is_terminal(stdin):
        return "Input is not a keyboard, so Words First goes on in plain mode."
    if not _is_terminal(stdout):
        return "Output is not a terminal, so Words First goes on in plain mode."
    if not _is_terminal(stderr):
        return "Messages do not go to a terminal, so Words First goes on in plain mode."
    if os.name != "nt" and environ.get("TERM", "").lower() in _POOR:
        return "This terminal cannot place text on the screen, so Words First goes on in plain mode."
    encoding = (getattr(stdout, "encoding", None) or "").lower().replace("-", "").replace("_", "")
    if encoding not in {"utf8", "cp65001"}:
        return "This terminal is not set to UTF-8, so Words First goes on in plain mode."
    size = _size(stdout)
    if size is not None and size[0] * size[1] > 0 and (size[0] < SMALLEST[0] or size[1] < SMALLEST[1]):
        columns, rows = SMALLEST
        return (
            f"This window is {size[0]} columns by {size[1]} rows; the full screen needs {columns} by {rows}, "
            "so Words First goes on in plain mode."
        )
    return None
