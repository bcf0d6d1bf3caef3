"""What every app of ours promises: crashes, leaving, colours, sizes, keys and help."""

from __future__ import annotations

import ast
import importlib
import os
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.binding import Binding
from textual.color import Color
from textual.theme import Theme

import simulator.tui
from simulator.tui import crash
from simulator.tui.base import OUR_FAULT, told_on_leaving
from simulator.tui.screens.ask import AskPage
from simulator.tui.screens.help import HelpPage, keys_of
from simulator.tui.screens.scene import ScenePage
from simulator.tui.screens.small import SmallPage
from simulator.tui.themes import THEMES
from simulator.tui.widgets.keybar import MOST, KeyBar, rows_of
from simulator.tui.widgets.transcript import Transcript
from tests.simulator.tui.stage import staged, tea

ROOT = Path(simulator.tui.__file__).parent
SECRET = "what Marcus said about his daughter"


def modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(simulator.tui.__path__, "simulator.tui."):
        yield importlib.import_module(found.name)


def bindings() -> Iterator[tuple[str, Binding]]:
    known = set()
    for module in modules():
        for value in vars(module).values():
            if isinstance(value, type) and value.__module__ == module.__name__ and "BINDINGS" in vars(value):
                for binding in vars(value)["BINDINGS"]:
                    if id(binding) not in known:
                        known.add(id(binding))
                        yield value.__name__, binding


def test_every_binding_has_an_id_and_says_what_it_does() -> None:
    found = list(bindings())
    assert len(found) > 40
    ids = [binding.id for _, binding in found]
    assert all(ids) and len(set(ids)) == len(ids)
    for owner, binding in found:
        assert binding.tooltip and binding.description, (owner, binding.id)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_stands_out_from_what_it_stands_on(theme: Theme) -> None:
    assert theme.background and theme.foreground
    paper, hold = Color.parse(theme.background), Color.parse(theme.variables["hold"])
    for name in ("ink", "quiet", "person", "you"):
        text = Color.parse(theme.variables[name])
        assert contrast(text, paper) >= 4.5, f"{name} on paper: {contrast(text, paper):.2f}"
        assert contrast(text, hold) >= 4.5, f"{name} on the row with the cursor: {contrast(text, hold):.2f}"


def contrast(one: Color, other: Color) -> float:
    """WCAG 2.2: the ratio of relative luminances."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Color) -> float:
    parts = [channel / 255 for channel in colour.rgb]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_sixteen_colours_still_tell_text_from_paper() -> None:
    from rich.color import Color as RichColor
    from rich.color import ColorSystem

    for theme in THEMES:
        assert theme.background
        paper = RichColor.parse(theme.background).downgrade(ColorSystem.STANDARD)
        for name in ("ink", "quiet", "person", "you"):
            text = RichColor.parse(theme.variables[name]).downgrade(ColorSystem.STANDARD)
            assert text.number != paper.number, (theme.name, name)


async def test_only_our_themes_can_be_had_and_they_can_be_changed(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        assert set(stage.app.available_themes) == {theme.name for theme in THEMES}
        await stage.press("ctrl+l")
        assert stage.app.theme == "ward-light"
        await stage.press("ctrl+l")
        assert stage.app.theme == "ward-dark"


async def test_no_colour_is_never_black_on_black(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TEXTUAL_THEME", "textual-ansi")
    async with staged(tmp_path) as stage:
        assert stage.app.no_color and not stage.app.native_ansi_color
        assert stage.app.has_class("-few-colours")
        await stage.scene()
        strips = stage.app.screen._compositor.render_strips()
        rows = {segment.text.strip(): segment.style for strip in strips for segment in strip}
        first = stage.app.screen.session.now().replies[0].text  # type: ignore[attr-defined]
        held = rows[first]
        assert held is not None and held.underline, "without colour the row with the cursor is underlined"
        for segment in (segment for strip in strips for segment in strip if segment.text.strip()):
            style = segment.style
            assert style and style.color and style.bgcolor and style.color != style.bgcolor, segment


async def test_ctrl_c_twice_leaves_once_does_not(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.scene()
        await stage.press("ctrl+c")
        stage.clock.pass_s(5)
        await stage.press("ctrl+c")
        await stage.until(lambda: "ctrl+c once more" in stage.text())
        assert not stage.app.return_code
        stage.clock.pass_s(1)
        await stage.press("ctrl+c")
        assert stage.app.return_code == 0
        assert page.session.state == "suspended"


async def test_ctrl_q_leaves_from_anywhere(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.scene()
        await stage.press("x")
        await stage.page(AskPage)
        await stage.press("ctrl+q")
        assert stage.app.return_code == 0 and page.session.state == "suspended"


class Fault(Exception):
    """Our own mistake, carrying what must never be written down."""


async def test_a_crash_leaves_types_and_lines_and_not_a_word(tmp_path: Path) -> None:
    with pytest.raises(Fault):
        async with staged(tmp_path) as stage:
            page = await stage.scene()
            app = stage.app

            def fails() -> None:
                told_here = SECRET
                raise Fault(told_here)

            page.session.pause = fails  # type: ignore[method-assign]
            await stage.press("p")
            await stage.pilot.pause()
    assert app.return_code == OUR_FAULT and app.crash_file is not None
    report = app.crash_file.read_text(encoding="utf-8")
    assert "Fault" in report and "test_base:" in report and "in fails" in report
    assert SECRET not in report and str(tmp_path) not in report and "told_here" not in report
    assert os.name == "nt" or app.crash_file.stat().st_mode & 0o077 == 0
    assert page.session.state == "suspended"
    assert str(app.crash_file) in (told_on_leaving(app) or "")


async def test_a_crash_leaves_nothing_where_nothing_is_kept(tmp_path: Path) -> None:
    with pytest.raises(Fault):
        async with staged(tmp_path) as stage:
            page = await stage.scene()
            app = stage.app
            page.session.set_keep("none")
            before = sorted(tmp_path.rglob("*"))

            def fails() -> None:
                raise Fault(SECRET)

            page.session.pause = fails  # type: ignore[method-assign]
            await stage.press("p")
            await stage.pilot.pause()
    assert app.return_code == OUR_FAULT and app.crash_file is None
    assert sorted(tmp_path.rglob("*")) == before
    assert "Nothing was kept" in (told_on_leaving(app) or "")


def test_a_crash_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert crash.write(Fault(SECRET), tmp_path / "file") is None
    wrapped = Fault(SECRET)
    wrapped.error = ValueError(SECRET)  # type: ignore[attr-defined]
    assert [line for line in crash.lines(wrapped) if "Error" in line] == ["builtins.ValueError"]


SIZES = [(1, 1), (20, 5), (39, 24), (40, 11), (2, 60)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_any_size_is_survived_and_play_goes_on_after(size: tuple[int, int], tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.scene()
        await stage.pilot.resize_terminal(*size)
        await stage.page(SmallPage)
        stage.clock.pass_s(1000)
        page.tick()
        await stage.press("1")
        assert page.session.now().turn == 1
        await stage.pilot.resize_terminal(80, 24)
        await stage.until(lambda: stage.app.screen is page)
        await stage.ready()
        await stage.reply("own-it")


async def test_starting_too_small(tmp_path: Path) -> None:
    async with staged(tmp_path, (1, 1)) as stage:
        await stage.page(SmallPage)
        await stage.pilot.resize_terminal(40, 12)
        await stage.until(lambda: "Words First" in stage.text())
        await stage.scene()
        await stage.reply("own-it")


async def test_help_is_made_from_the_live_keys(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.scene()
        keys = dict(keys_of(page))
        for key in ("p", "x", "h", "s", "?", "1–9", "ctrl+e", "ctrl+q", "ctrl+c"):
            assert key in keys, key
        assert "t" not in keys, "nothing can be taken again yet"
        await stage.press("question_mark")
        await stage.page(HelpPage)
        assert keys["h"][:30] in stage.text()


async def test_the_palette_offers_what_can_be_done_here(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.scene()
        offered = {command.title for command in stage.app.get_system_commands(page)}
        assert {"Pause", "Step out", "Hands", "Help", "Aftercare", "Light or dark"} <= offered
        assert not {"Theme", "Screenshot", "Maximize", "Keys", "Again"} & offered
        command = next(each for each in stage.app.get_system_commands(page) if each.title == "Pause")
        await command.callback()
        await stage.until(lambda: "Paused" in stage.text())


async def test_the_key_bar_is_short_and_can_be_clicked(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        await stage.scene()
        bar = stage.app.screen.query_one(KeyBar)
        assert len(bar.keys) <= MOST and bar.keys[0][0] == "?"
        await stage.pilot.click(KeyBar, offset=(stage.text().splitlines()[-1].index("p pause"), 0))
        await stage.until(lambda: "Paused" in stage.text())


def test_keys_are_shown_whole_or_not_at_all() -> None:
    keys = [("?", "help"), ("p", "pause"), ("x", "step out")]
    assert rows_of(keys, 16, 1) == [[("?", "help"), ("p", "pause")]]
    assert rows_of(keys, 15, 2) == [[("?", "help")], [("p", "pause")]]
    assert rows_of(keys, 3, 2) == [[]]


async def test_two_hundred_turns_mount_nothing_and_appending_stays_cheap(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.scene(timed=False)
        count = len(page.query("*"))
        measured = page.query_one(Transcript)
        for _ in range(100):
            for reply in ("own-it", "wait"):
                page.session.answer(reply)
            page.show(page.session.now())
        await stage.pilot.pause()
        assert page.session.now().turn == 201
        assert len(page.query("*")) == count
        before = [id(option._visual) for option in measured.options]
        page.session.answer("own-it")
        page.show(page.session.now())
        await stage.pilot.pause()
        after = [id(option._visual) for option in measured.options]
        assert after[: len(before)] == before, "what was shown before is not made again"


TAKES_TEXT = {"Static", "Label", "Button", "Option", "notify", "update", "add_row"}
HELPERS = {"plain", "said", "seen", "spoken", "joined", "stacked", "paragraphs", "Block"}
# each of these returns what those made
HELPERS |= {
    "block",
    "entry_block",
    "_row",
    "_told",
    "_first",
    "_names",
    "_problem",
    "_stop",
    "above",
    "chart",
}


def unsafe(tree: ast.AST) -> Iterator[int]:
    """Lines where text reaches a widget other than as a literal without brackets or through a helper."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in TAKES_TEXT and node.args and not _fine(node.args[0]):
                yield node.lineno
            if name == "notify" and not any(keyword.arg == "markup" for keyword in node.keywords):
                yield node.lineno
        for each in node.targets if isinstance(node, ast.Assign) else ():
            if isinstance(each, ast.Attribute) and each.attr in ("border_title", "tooltip"):
                yield each.lineno


def _fine(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and "[" not in node.value
    if isinstance(node, ast.IfExp):
        return _fine(node.body) and _fine(node.orelse)
    if isinstance(node, ast.Call):
        return getattr(node.func, "attr", getattr(node.func, "id", "")) in HELPERS
    # a variable that holds what a helper made
    return getattr(node, "attr", getattr(node, "id", "")) in {"_told", "block", "question"}


def test_text_reaches_a_widget_only_through_the_helpers() -> None:
    for path in sorted(ROOT.rglob("*.py")):
        found = list(unsafe(ast.parse(path.read_text(encoding="utf-8"))))
        assert not found, f"{path.name}: {found}"
    assert sorted(
        unsafe(ast.parse("Static(name)\nself.notify(plain(x))\nOption(f'{x}')\nx.tooltip = y"))
    ) == [
        1,
        2,
        3,
        4,
    ]


def test_modules_stay_small() -> None:
    for path in ROOT.rglob("*.py"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(lines) < 400, path
        for node in ast.walk(ast.parse("\n".join(lines))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 42, f"{path.name}: {node.name}"


async def test_every_page_of_ours_is_a_page_of_an_app_that_minds_crashes(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.scene(tea())
        assert isinstance(page, ScenePage)
        assert type(stage.app)._handle_exception.__module__ == "simulator.tui.base"
