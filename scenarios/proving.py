"""Trying every play in a process of its own, so that nobody waits for it and a newer file can end it at once."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Final

from scenarios.explore import Explored
from scenarios.load import Loaded

_CHILD: Final = "from scenarios.proving import child; child()"
_ROOT: Final = Path(__file__).parents[1]


class BrokenOff(Exception):
    """The process ended without an answer: it was stopped, or the computer has no room for it."""


class Proving:
    """One scenario's plays being tried. `explored()` waits for the answer, `stop()` ends it from any thread."""

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._lock = Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def explored(self) -> Explored:
        """What every play comes to. Raises BrokenOff."""
        asked = pickle.dumps((self._loaded.data, self._loaded.vocabularies))
        with self._lock:
            if self._stopped:
                raise BrokenOff
            try:
                child = self._child = _begin()
            except OSError as refused:
                raise BrokenOff from refused
        try:
            answer, _ = child.communicate(asked)
        except OSError as gone:
            self.stop()
            raise BrokenOff from gone
        if child.returncode != 0:
            raise BrokenOff
        found = pickle.loads(answer)
        assert isinstance(found, Explored)
        return found

    def stop(self) -> None:
        """End it, whether it has begun or not. May be called more than once."""
        with self._lock:
            self._stopped = True
            if self._child is not None and self._child.poll() is None:
                with suppress(OSError):  # it ended by itself meanwhile
                    self._child.kill()


def _begin() -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(_ROOT), *_paths()]))}
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )


def _paths() -> list[str]:
    return os.environ.get("PYTHONPATH", "").split(os.pathsep)


def child() -> None:
    """What the process does: read what to try from standard input, write what was found to standard output."""
    from scenarios.explore import explore
    from scenarios.load import load_bytes

    if hasattr(os, "nice"):
        os.nice(10)  # whoever is playing meanwhile comes first
    data, vocabularies = pickle.load(sys.stdin.buffer)
    found = explore(load_bytes(data, vocabularies).scene)
    pickle.dump(found, sys.stdout.buffer)
    sys.stdout.buffer.flush()
