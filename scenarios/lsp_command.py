"""The `lsp` subcommand: the language server that an editor starts and talks to over standard input and output."""

from __future__ import annotations

import os
import signal
import sys
from argparse import SUPPRESS, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any, BinaryIO, Final

from scenarios.commands import DONE, NOT_RIGHT, WRONG_USE, Add, Stop

NOT_INSTALLED: Final = (
    "the language server is an extra that is not installed here. "
    'Install it with: python -m pip install "words-first[editor]"'
)


def join(add: Add) -> None:
    """Add `lsp` to the command line."""
    serving = add(
        "lsp",
        "Help editors help authors: the language server for scenario files.",
        run,
        "  words-first lsp          (an editor starts it; docs/editors.md says how to set yours up)",
        "the editor went away without saying goodbye",
    )
    # Editors add it, though there is no other way to speak.
    serving.add_argument("--stdio", action="store_true", help=SUPPRESS)


def run(_arguments: Namespace) -> int:
    """Serve until the editor says goodbye. Raises Stop where pygls is not installed."""
    if find_spec("pygls") is None:
        raise Stop(NOT_INSTALLED, WRONG_USE)
    if sys.stdin.isatty():
        print("words-first: this waits for an editor to speak to it (Ctrl+C ends it).", file=sys.stderr)
    from scenarios.lsp.server import serve

    with _default_signals(), _protocol_only() as out:
        return DONE if serve(sys.stdin.buffer, out) else NOT_RIGHT


@contextmanager
def _default_signals() -> Iterator[None]:
    """There is nothing to put by, and a thread that waits for input would hold up a gentle end."""
    before: dict[int, Any] = {}
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None:
            before[number] = signal.signal(number, signal.SIG_DFL)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _protocol_only() -> Iterator[BinaryIO]:
    """Standard output for the protocol alone: whatever else is printed goes to standard error."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        with os.fdopen(os.dup(kept), "wb") as out:
            yield out
    finally:
        os.dup2(kept, 1)
        os.close(kept)
