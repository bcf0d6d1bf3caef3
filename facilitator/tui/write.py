"""Words to write: a note, a reason, an answer. They stay on the screen until they could be kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from simulator.errors import SimulatorError
from simulator.tui.words import plain

FOR_US: Final = "▪ FOR FACILITATORS ONLY. It is not shown to {trainee}."
FOR_TRAINEE: Final = "✎ FOR {trainee} TO READ. It stands on their hand-out."
_KEYS: Final = "ctrl+s keeps it   esc leaves it"
_WHOM: Final = "ctrl+t changes whom it is for"


class WritePage(ModalScreen[bool]):
    """Dismissed with True once the words were kept, with False where they were let go.

    `keep` is given the words and whom they are for; it raises SimulatorError where they could not be kept, and
    then nothing that was typed is lost. With `trainee` the note says, and lets one change, who reads it.
    """

    AUTO_FOCUS = "#text"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "keep it", id="write.keep", priority=True, tooltip="Keep these words"),
        Binding("ctrl+t", "whom", "whom it is for", id="write.whom", priority=True,
                tooltip="For the trainee to read, or for facilitators only"),
        Binding("escape", "back", "leave it", key_display="esc", id="write.back", priority=True,
                tooltip="Leave without keeping it"),
    ]  # fmt: skip

    def __init__(
        self,
        question: str,
        about: str,
        keep: Callable[[str, bool], object],
        *,
        trainee: str | None = None,
        said: str = "",
    ) -> None:
        super().__init__()
        self._question, self._about, self._keep, self._trainee = question, about, keep, trainee
        self._said = said
        self._sure = False
        self.for_trainee = False

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(plain(""), id="whom")
            yield Static(plain(self._question, "bold"))
            yield Static(plain(self._about, "$quiet"), id="about")
            yield TextArea(
                self._said, id="text", soft_wrap=True, show_line_numbers=False, tab_behavior="focus"
            )
            yield Static(plain(""), id="wrong")
            keys = f"{_KEYS}   {_WHOM}" if self._trainee is not None else _KEYS
            yield Static(plain(keys, "$quiet"))

    def on_mount(self) -> None:
        self.query_one("#about").display = bool(self._about)
        self._show_whom()

    def _show_whom(self) -> None:
        whom = self.query_one("#whom", Static)
        whom.display = self._trainee is not None
        if self._trainee is None:
            return
        words = FOR_TRAINEE if self.for_trainee else FOR_US
        whom.update(plain(words.format(trainee=self._trainee)))
        self.set_class(self.for_trainee, "-for-trainee")
        self.set_class(not self.for_trainee, "-for-us")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return not (action == "whom" and self._trainee is None)

    def action_whom(self) -> None:
        self.for_trainee = not self.for_trainee
        self._show_whom()

    def action_keep(self) -> None:
        try:
            self._keep(self.query_one(TextArea).text, self.for_trainee)
        except SimulatorError as error:
            self._wrong(str(error))
            return
        self.dismiss(True)

    def action_back(self) -> None:
        """Leave; words that would be lost are asked about once."""
        if self.query_one(TextArea).text.strip() != self._said.strip() and not self._sure:
            self._sure = True
            self._wrong(
                "There are words here that are not kept. esc once more lets them go; ctrl+s keeps them."
            )
            return
        self.dismiss(False)

    def _wrong(self, words: str) -> None:
        self.query_one("#wrong", Static).update(plain(words))
