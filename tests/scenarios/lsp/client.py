"""A scripted editor: speaks JSON-RPC to a server in a process of its own; waits for what it says, never for time."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parent.parent.parent.parent
PATIENCE: Final = 60
"""Seconds after which a test gives up; no test waits for them."""
_START: Final = "import sys; from scenarios.lsp_command import run; sys.exit(run(None))"

Message = dict[str, Any]


class Editor:
    """One editor with one server. Whatever is not protocol on the server's output fails the reading."""

    def __init__(self, capabilities: Message | None = None) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _START],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.heard: list[Message] = []
        self.trouble: str | None = None
        self._changed = threading.Condition()
        self._count = 0
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.server = self.ask("initialize", processId=None, rootUri=None, capabilities=capabilities or {})
        self.tell("initialized")

    def _read(self) -> None:
        assert self.process.stdout is not None
        out = self.process.stdout
        while True:
            header = out.readline()
            length = 0
            while header.strip():
                name, _, value = header.decode("ascii", "replace").partition(":")
                if name.lower() == "content-length":
                    length = int(value)
                elif name.lower() != "content-type":
                    self._note(None, f"not the protocol: {header!r}")
                    return
                header = out.readline()
            if not length:
                self._note(None, "the server's output ended")
                return
            self._note(json.loads(out.read(length)), None)

    def _note(self, message: Message | None, trouble: str | None) -> None:
        with self._changed:
            if message is not None:
                self.heard.append(message)
            self.trouble = trouble
            self._changed.notify_all()

    def wait(self, wanted: Callable[[Message], Any]) -> Message:
        """The first message that is wanted, heard before or to come."""
        with self._changed:
            heard = self._changed.wait_for(lambda: self.trouble or any(map(wanted, self.heard)), PATIENCE)
            assert heard, "silence"
            found = next(filter(wanted, self.heard), None)
            assert found is not None, self.trouble
            return found

    def send(self, message: Message) -> None:
        assert self.process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def answer(self, method: str, **params: Any) -> Message:
        """The whole answer to a question, be it a result or an error."""
        self._count += 1
        number = self._count
        self.send({"id": number, "method": method, "params": params})
        return self.wait(lambda message: message.get("id") == number)

    def ask(self, method: str, **params: Any) -> Any:
        """The result of a question."""
        answer = self.answer(method, **params)
        assert "error" not in answer, answer
        return answer["result"]

    def tell(self, method: str, **params: Any) -> None:
        self.send({"method": method, "params": params})

    # what editors do

    def open(self, path: Path, text: str) -> str:
        uri = path.as_uri()
        self.tell(
            "textDocument/didOpen",
            textDocument={"uri": uri, "languageId": "yaml", "version": 1, "text": text},
        )
        return uri

    def change(self, uri: str, version: int, text: str) -> None:
        self.tell(
            "textDocument/didChange",
            textDocument={"uri": uri, "version": version},
            contentChanges=[{"text": text}],
        )

    def save(self, uri: str) -> None:
        self.tell("textDocument/didSave", textDocument={"uri": uri})

    def diagnostics(self, uri: str, version: int) -> list[Message]:
        """What is underlined in a version of a file."""
        found = self.wait(
            lambda message: (
                message.get("method") == "textDocument/publishDiagnostics"
                and message["params"]["uri"] == uri
                and message["params"].get("version") == version
            )
        )
        return list(found["params"]["diagnostics"])

    def said(self, words: str) -> str:
        """The line of the log that holds these words."""
        found = self.wait(
            lambda message: (
                message.get("method") == "window/logMessage" and words in message["params"]["message"]
            )
        )
        return str(found["params"]["message"])

    def at(self, method: str, uri: str, line: int, character: int, **more: Any) -> Any:
        place = {"line": line, "character": character}
        return self.ask(f"textDocument/{method}", textDocument={"uri": uri}, position=place, **more)

    def goodbye(self) -> int:
        """Shut the server down as the protocol says; its exit code."""
        assert self.ask("shutdown") is None
        self.tell("exit")
        return self.process.wait(PATIENCE)

    def complaints(self) -> str:
        """What the server wrote to standard error. It must have ended."""
        assert self.process.stderr is not None
        return self.process.stderr.read().decode()

    def close(self) -> None:
        """End the server, whatever state it is in."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()


def spot(text: str, marked: str, within: int = 0) -> tuple[int, int]:
    """Where the first occurrence of a piece stands, from 0, in UTF-16 units; `within` characters into it."""
    index = text.index(marked) + within
    line = text.count("\n", 0, index)
    before = text[text.rfind("\n", 0, index) + 1 : index]
    return line, len(before.encode("utf-16-le")) // 2
