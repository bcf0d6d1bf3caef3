"""The language server: a thin layer that hears what the editor says and answers with what the other modules know."""

from __future__ import annotations

import asyncio
import functools
import logging
import traceback
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeVar

from lsprotocol import types
from pygls.exceptions import FeatureRequestError, JsonRpcException, JsonRpcInternalError
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from scenarios.load import vocabulary_problems
from scenarios.lsp import wire
from scenarios.lsp.answers import ANSWERS, Answer, Asked
from scenarios.lsp.look import Draft, Look, is_empty, is_scenario
from scenarios.lsp.positions import Positions
from scenarios.lsp.proving import NotProved, Proved, prove_elsewhere
from scenarios.lsp.rename import Refused
from scenarios.problems import Problem, ordered
from scenarios.techniques import VOCABULARY_FILE

PAUSE: Final = 0.2
"""Seconds without typing before a changed file is looked at."""
REQUEST_FAILED: Final = -32803
_OURS: Final = "Words First made a mistake of its own"

Handler = TypeVar("Handler", bound=Callable[..., Any])


class ScenarioServer(LanguageServer):
    """One editor's server: the files it has open, and what is being done about each."""

    def __init__(self) -> None:
        super().__init__("words-first", _version(), text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.drafts: dict[str, Draft] = {}
        self.asked_to_stop = False
        self._work: dict[str, asyncio.Task[None]] = {}
        self._proved: dict[str, tuple[str, Proved]] = {}
        self._one_proof = asyncio.Semaphore(1)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Say that something went wrong, without the words of any file: of a message, only what we wrote ourselves."""
        if issubclass(source, FeatureRequestError):
            return  # the answer itself says so
        _, ours, where = str(error).partition(_OURS)
        self.say(f"{ours}{where}" if ours else "Something that the editor sent could not be used.")

    def ended(self, task: asyncio.Task[None]) -> None:
        """Work on a file came to an end; where that was our bug, say so."""
        bug = None if task.cancelled() else task.exception()
        if bug is not None:
            self.say(_place_of(bug))

    def say(self, sentence: str) -> None:
        """A line in the editor's log."""
        self.window_log_message(types.LogMessageParams(types.MessageType.Info, sentence))

    def positions(self, draft: Draft) -> Positions:
        encoding = self.workspace.position_encoding or types.PositionEncodingKind.Utf16
        return Positions(draft.text, str(getattr(encoding, "value", encoding)))

    def asked(self, uri: str) -> Asked | None:
        """The open scenario file that a question is about; None for any other file."""
        draft = self.drafts.get(uri)
        if draft is None or draft.path.name == VOCABULARY_FILE:
            return None
        if not is_scenario(draft.text) and not is_empty(draft.text):
            return None
        workspace = self.client_capabilities.workspace
        edit = workspace.workspace_edit if workspace is not None else None
        versioned = bool(edit is not None and edit.document_changes)
        return Asked(uri, draft, self.positions(draft), versioned)

    # files

    def opened(self, document: types.TextDocumentItem) -> None:
        """A file was opened."""
        path = Path(to_fs_path(document.uri) or Path(document.uri).name or "untitled.yaml")
        self.drafts[document.uri] = Draft(path, document.text, document.version)
        self.look_again(document.uri)

    def changed(self, uri: str, version: int | None) -> None:
        """Something was typed."""
        draft = self.drafts.get(uri)
        if draft is not None:
            draft.change(self.workspace.get_text_document(uri).source, version)
            self.look_again(uri, PAUSE)

    def saved(self, uri: str) -> None:
        """A file was saved; a vocabulary decides what is right in the files beside it."""
        draft = self.drafts.get(uri)
        if draft is None:
            return
        self.look_again(uri, proof=True)
        if draft.path.name == VOCABULARY_FILE:
            for other, beside in self.drafts.items():
                if other != uri and beside.path.parent == draft.path.parent:
                    beside.forget()
                    self._proved.pop(other, None)
                    self.look_again(other)

    def closed(self, uri: str) -> None:
        """A file was closed."""
        self.leave(uri)
        self.drafts.pop(uri, None)
        self._proved.pop(uri, None)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    # looking and proving

    def look_again(self, uri: str, pause: float = 0.0, *, proof: bool = False) -> None:
        """Look at a file after a pause, then prove its plays; what was under way for it before ends."""
        self.leave(uri)
        task = self._work[uri] = asyncio.get_running_loop().create_task(self._look(uri, pause, proof))
        task.add_done_callback(self.ended)

    def leave(self, uri: str) -> None:
        """End what is under way for a file."""
        task = self._work.pop(uri, None)
        if task is not None:
            task.cancel()

    async def _look(self, uri: str, pause: float, proof: bool) -> None:
        await asyncio.sleep(pause)
        draft = self.drafts.get(uri)
        if draft is None:
            return
        if draft.path.name == VOCABULARY_FILE:
            self.publish(
                uri, draft, await asyncio.to_thread(vocabulary_problems, draft.path, str(draft.path))
            )
            return
        if not is_scenario(draft.text):
            self.publish(uri, draft, [])
            return
        look = await asyncio.to_thread(draft.look)
        self.tell(uri, draft, look)
        if proof and look.reading.loaded is not None:
            await self._prove(uri, draft, look)

    async def _prove(self, uri: str, draft: Draft, look: Look) -> None:
        assert look.reading.loaded is not None
        known = self._proved.get(uri)
        if known is not None and known[0] == look.text:
            proved = known[1]
        else:
            self.say(f"{draft.path.name}: trying every play …")
            try:
                async with self._one_proof:
                    proved = await prove_elsewhere(look.reading.loaded)
            except NotProved:
                self.say(
                    f"{draft.path.name}: the plays could not be tried. Save again, or use `words-first check`."
                )
                return
        self._proved[uri] = (look.text, proved)
        self.tell(uri, draft, look)
        self.say(f"{draft.path.name}: {proved.sentence}")

    def tell(self, uri: str, draft: Draft, look: Look) -> None:
        """Show everything known of a text: what one reading finds, and what plays found while it read the same."""
        text, proved = self._proved.get(uri, ("", None))
        found = list(look.problems)
        if proved is not None and text == look.text:
            told = {(one.line, one.column) for one in found if one.severity == "error"}
            found += [one for one in proved.problems if (one.line, one.column) not in told]
        self.publish(uri, draft, ordered(found))

    def publish(self, uri: str, draft: Draft, problems: list[Problem]) -> None:
        shown = wire.diagnostics(self.positions(draft), problems, str(draft.path))
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, shown, draft.version))


def _version() -> str:
    try:
        return version_of("words-first")
    except PackageNotFoundError:
        return "0"


def _place_of(bug: BaseException) -> str:
    """Where in our code a bug showed: its kind and the line, never its words."""
    frame = traceback.extract_tb(bug.__traceback__)[-1]
    return f"{_OURS} ({type(bug).__name__}, {Path(frame.filename).name} line {frame.lineno})."


def _kindly(handler: Handler) -> Handler:
    """Answer our own bug with its place in our code, never with words of the file.

    The one place that catches everything: what gets here is our bug, and the editor must be able to go on.
    """

    @functools.wraps(handler)
    def answered(*given: Any) -> Any:
        try:
            return handler(*given)
        except Refused as refused:
            raise JsonRpcException(str(refused), REQUEST_FAILED) from None
        except Exception as bug:
            raise JsonRpcInternalError(_place_of(bug)) from None

    return answered  # type: ignore[return-value]


def make_server() -> ScenarioServer:
    """A server that is ready to be started."""
    server = ScenarioServer()
    _follow(server)
    for method, (answer, options) in ANSWERS.items():
        _register(server, method, answer, options)
    return server


def _register(server: ScenarioServer, method: str, answer: Answer, options: Any) -> None:
    @server.feature(method, options)
    @_kindly
    def answered(params: Any) -> Any:
        asked = server.asked(params.text_document.uri)
        return None if asked is None else answer(asked, params)


def serve(source: BinaryIO, out: BinaryIO) -> bool:
    """Serve one editor until it says goodbye or goes away. Whether it said goodbye."""
    logger = logging.getLogger("pygls")
    logger.addHandler(logging.NullHandler())
    logger.propagate = False  # its messages hold what is sent, and so the words of the file
    server = make_server()
    server.start_io(source, out)
    return server.asked_to_stop


def _follow(server: ScenarioServer) -> None:
    """Hear what the editor tells of its files."""

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    @_kindly
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.opened(params.text_document)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    @_kindly
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        server.changed(params.text_document.uri, params.text_document.version)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    @_kindly
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        server.saved(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    @_kindly
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.closed(params.text_document.uri)

    @server.feature(types.SHUTDOWN)
    @_kindly
    def stopping(_params: Any) -> None:
        server.asked_to_stop = True
        for uri in list(server.drafts):
            server.leave(uri)
