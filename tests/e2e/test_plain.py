"""Plain mode as it is met: through real pipes and a real pseudo-terminal, killed, closed and gone on with."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

import pytest

from tests.simulator.service import TEA

ROOT: Final = Path(__file__).parents[2]
PROGRAM: Final = (sys.executable, str(ROOT / "words_first.py"))
PLAY: Final = (
    "play",
    str(TEA),
    "--plain",
    "--as",
    "Sam",
    "--seed",
    "3",
    "--opening",
    "usual",
    "--cast",
    "Marcus",
)
ESCAPE: Final = re.compile("[\x00-\x09\x0b-\x0c\x0e-\x1f\x7f-\x9f]")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    homes = ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")
    places = {**dict.fromkeys(homes, str(tmp_path)), "WORDS_FIRST_RECORDS": str(tmp_path / "records.sqlite3")}
    return {**os.environ, **places, "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8"}


def until(stream: IO[bytes], start: str) -> list[str]:
    """Lines up to the first that begins so; fails where the stream ends before."""
    lines: list[str] = []
    for line in stream:
        lines.append(line.decode().rstrip("\r\n"))
        if lines[-1].startswith(start):
            return lines
    raise AssertionError(f"never said {start!r}; said {lines[-5:]}")


def test_each_answer_is_heard_before_the_next_is_asked_for(environment: dict[str, str]) -> None:
    """A program on the other end of a pipe can hold the conversation line by line: nothing is held back."""
    with subprocess.Popen(
        [*PROGRAM, *PLAY],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdin is not None and process.stdout is not None and process.stderr is not None
        for prompt, typed in (
            ("What is kept of this session", ""),
            ("How sure do you feel", "7"),
            ("Enter begins the scene.", ""),
            ("Your answer: 1 to 3, quiet or help?", "own-it"),
            ("Your answer: 1, 2 or help?", "ring-now"),
            ("First your own say", "lighter"),
            ("How sure do you feel now", "8"),
            ("What happened, as you would tell it?", "I gave a time."),
            ("Where would you put yourself: 1 to 5?", "4"),
            ("Where would you put yourself: 1 to 5?", "skip"),
            ("1 or 2? Enter takes 1.", ""),
            ("There are 2 turns to look back on. Enter goes on to", "all"),
            ("There are 2 turns to look back on. Enter goes on to", "keep"),
            ("One thing to keep", "A time."),
            ("One thing to try", ""),
            ("That was the last part. Enter finishes.", ""),
        ):
            until(process.stdout, prompt)
            process.stdin.write(f"{typed}\n".encode())
            process.stdin.flush()
        until(process.stdout, "Goodbye.")
        assert process.wait(60) == 0
        assert process.stderr.read() == b""


def test_killed_outright_it_goes_on_where_it_was(environment: dict[str, str]) -> None:
    """What was answered is on disk before what follows is shown."""
    with subprocess.Popen(
        [*PROGRAM, *PLAY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(b"\n\n\nown-it\n")
        process.stdin.flush()
        until(process.stdout, "Turn 2.")
        process.kill()
    again = subprocess.run(
        [*PROGRAM, "play", "--plain", "--as", "Sam", "--resume"],
        input=b"so far\n", capture_output=True, env=environment, timeout=60,
    )  # fmt: skip
    assert again.returncode == 0
    said = again.stdout.decode()
    assert "You: You were told three and nobody came. I'm sorry. I'm Sam." in said
    assert "Turn 2." in said


def test_no_pipe_ever_sees_an_escape_or_a_colour(environment: dict[str, str]) -> None:
    typed = b"\n\n\nhelp\nown-it\nhands\nring-now\nfine\n\n\nskip\n\nall\nopen c4\ndone\n"
    done = subprocess.run([*PROGRAM, *PLAY], input=typed, capture_output=True, env=environment, timeout=60)
    assert done.returncode == 0
    assert ESCAPE.search(done.stdout.decode()) is None


if sys.platform != "win32":
    import pexpect

    class Terminal:
        """Plain mode in a pseudo-terminal of 60 columns by 20 rows; everything it wrote is in `seen`."""

        def __init__(self, environment: dict[str, str], *arguments: str) -> None:
            self.log = io.StringIO()
            self.child = pexpect.spawn(
                PROGRAM[0], [PROGRAM[1], *arguments], env=environment, encoding="utf-8"
            )
            self.child.timeout = 60
            self.child.setwinsize(20, 60)
            self.child.logfile_read = self.log

        def wait_for(self, text: str) -> None:
            self.child.expect_exact(text)

        def ended(self) -> int:
            """The exit code, or 128+n."""
            self.child.expect(pexpect.EOF)
            self.child.close()
            code, killed_by = self.child.exitstatus, self.child.signalstatus
            return code if code is not None else 128 + (killed_by or 0)

    @pytest.fixture
    def terminal(environment: dict[str, str]) -> Iterator[Terminal]:
        opened = Terminal(environment, *PLAY)
        for _ in range(3):
            opened.wait_for("Enter ")
            opened.child.sendline("")
        opened.wait_for("Turn 1.")
        yield opened
        opened.child.close(force=True)

    def test_a_whole_play_in_a_terminal(terminal: Terminal) -> None:
        terminal.wait_for("Your answer")
        terminal.child.sendline("3")
        terminal.wait_for("Turn 2.")
        terminal.wait_for("Your answer")
        terminal.child.sendline("ring-now")
        own = (
            "one word for how it was",
            "How sure",
            "What happened",
            *["Where would you put"] * 3,
            "takes 1",
        )
        parts = (*["goes on to"] * 2, *["leaves it out"] * 2, *["goes on to"] * 4, *["leaves it out"] * 2)
        for prompt in (*own, *parts, "Enter finishes"):
            terminal.wait_for(prompt)
            terminal.child.sendline("")
        terminal.wait_for("Goodbye.")
        assert terminal.ended() == 0
        assert ESCAPE.search(terminal.log.getvalue()) is None

    def test_ctrl_d_suspends(terminal: Terminal) -> None:
        terminal.wait_for("Your answer")
        terminal.child.sendeof()
        terminal.wait_for("Your place is kept. To go on: words-first play --plain --resume ")
        assert terminal.ended() == 0

    def test_ctrl_c_suspends_and_is_130(terminal: Terminal) -> None:
        terminal.wait_for("Your answer")
        terminal.child.sendintr()
        terminal.wait_for("Your place is kept.")
        assert terminal.ended() == 130
        assert "Traceback" not in terminal.log.getvalue()

    def test_a_closed_terminal_suspends(terminal: Terminal, environment: dict[str, str]) -> None:
        terminal.wait_for("Your answer")
        terminal.child.sendline("own-it")
        terminal.wait_for("Turn 2.")
        terminal.child.close(force=False)
        rows = subprocess.run(
            [*PROGRAM, "sessions", "--as", "Sam"],
            capture_output=True,
            env=environment,
            timeout=60,
            check=True,
        ).stdout.decode()
        assert ": suspended, 1 take, kept for you" in rows

    def test_a_poor_terminal_gets_plain_mode_after_one_line(environment: dict[str, str]) -> None:
        opened = Terminal({**environment, "TERM": "dumb"}, "play", str(TEA), "--private")
        opened.wait_for("goes on in plain mode.")
        opened.wait_for("Words First, in plain mode.")
        opened.wait_for("How sure do you feel")
        opened.child.sendeof()
        assert opened.ended() == 0

    def test_a_pin_is_not_shown_while_it_is_typed(environment: dict[str, str], tmp_path: Path) -> None:
        make = (
            "from simulator.practice import open_practice\n"
            f"practice = open_practice({str(tmp_path / 'records.sqlite3')!r})\n"
            "practice.make('Robin', '4711')\npractice.close()"
        )
        subprocess.run([sys.executable, "-c", make], cwd=ROOT, env=environment, check=True, timeout=60)
        opened = Terminal(environment, "play", str(TEA), "--plain", "--as", "Robin")
        opened.wait_for("The PIN of Robin (it is not shown): ")
        opened.child.waitnoecho()
        opened.child.sendline("4711")
        opened.wait_for("You are a healthcare assistant.")
        opened.child.sendeof()
        assert opened.ended() == 0
        assert "4711" not in opened.log.getvalue()
