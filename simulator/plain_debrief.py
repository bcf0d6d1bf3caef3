"""Plain mode, afterwards: a word, a question, how it went and how it felt, turn by turn; what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scenarios.script import answered, spoken
from simulator.errors import WrongPin
from simulator.plain_talk import Talk, counted, kept, turn_after, whole_number

if TYPE_CHECKING:
    from simulator.events import Keep
    from simulator.session import Session
    from simulator.shown import Debrief, DebriefTurn

KEEPS: Final[dict[Keep, str]] = {
    "none": "Nothing of this session is kept. When you leave, it is gone.",
    "mine": "This session is kept for you. Only you are shown it.",
    "shared": "This session is kept, and your facilitator can read every take, and any reach for hands-on.",
}
KEEP_WORDS: Final[dict[str, Keep]] = {
    "nothing": "none",
    "none": "none",
    "me": "mine",
    "mine": "mine",
    "facilitator": "shared",
    "shared": "shared",
}
KEEP_HELP: Final = (
    "Nothing means that not a word is written anywhere.",
    "Me means that it is kept and shown to you alone.",
    "Facilitator means that it is kept and that your facilitator can read it, take by take.",
    "You can change this after the scene.",
)
WORD: Final = "First your own say: one word for how you are now? Enter leaves it out."
WORD_HELP: Final = (
    "One word for how you are is enough. It is for you, and nothing is judged by it.",
    "Press Enter to leave it out.",
)
REFLECTION_HELP: Final = ("Answer in your own words, on one line.", "Press Enter to leave it out.")
TURNS_HELP: Final = (
    "Press Enter to hear the next turn: what was said, how it felt, and why.",
    "Type a turn's number to hear that turn, or all to hear every turn.",
    "Type back and a turn's number to take the scene again from there.",
    "Type summary to hear the account of the whole scene again.",
    "Type keep to change what is kept and who sees it.",
    "Type done to finish.",
)


def which_keep(talk: Talk, now: Keep) -> Keep:
    """Ask what is to be kept; Enter leaves it as it is. Raises EndOfInput and Leave."""
    word = {"none": "nothing", "mine": "me", "shared": "facilitator"}[now]
    question = f"What is kept of this session, and for whom: nothing, me or facilitator? Enter takes {word}."
    while True:
        typed = talk.ask(question, about=KEEP_HELP, again=KEEP_HELP)
        if typed == "":
            return now
        if typed in KEEP_WORDS:
            return KEEP_WORDS[typed]
        talk.fits_nothing(typed)


class After:
    """One ended session, looked back on."""

    def __init__(self, talk: Talk, session: Session) -> None:
        self.talk = talk
        self.session = session

    def look_back(self) -> bool:
        """From the trainee's own word to the last turn. True where they went back into the scene.

        Raises EndOfInput and Leave.
        """
        if not self.session.debrief_open:
            self._own_words()
        debrief = self.session.debrief()
        self.talk.gap()
        self.talk.say(*summary_lines(debrief, self.session.person))
        return self._turns(debrief)

    def _own_words(self) -> None:
        """The trainee's own say, before anything is said to them."""
        again = (self.session.now().ending or "",)
        word = self.talk.ask(WORD, about=WORD_HELP, again=again, free=True)
        kept(self.talk, lambda: self.session.say_word(word) if word else self.session.skip_word())
        question = f"{self.session.reflection_question} Enter leaves it out."
        answer = self.talk.ask(question, about=REFLECTION_HELP, again=again, free=True)
        kept(self.talk, lambda: self.session.reflect(answer) if answer else self.session.skip_reflection())

    def _turns(self, debrief: Debrief) -> bool:
        turns = debrief.turns
        first = turns[0].turn if turns else 1
        last = turns[-1].turn if turns else 0
        waiting = first
        heard = summary_lines(debrief, self.session.person)
        while True:
            typed = self.talk.ask(_offer(waiting, last), about=TURNS_HELP, again=heard)
            number = whole_number(typed)
            if typed in ("done", "finish") or (typed == "" and waiting > last):
                return False
            if typed in ("", "next"):
                number = min(waiting, last)
            if typed == "all":
                heard = [line for turn in turns for line in self._turn_lines(turn)]
                waiting = last + 1
                self.talk.say(*heard)
            elif typed == "summary":
                self.talk.say(*summary_lines(debrief, self.session.person))
            elif typed == "keep":
                self._keep()
            elif typed.split()[:1] == ["back"]:
                if self._back(typed, last):
                    return True
            elif number is not None and first <= number <= last:
                heard = self._turn_lines(turns[number - first])
                waiting = number + 1
                self.talk.gap()
                self.talk.say(*heard)
            else:
                self.talk.fits_nothing(typed)

    def _turn_lines(self, turn: DebriefTurn) -> list[str]:
        person = self.session.person
        lines = [f"Turn {turn.turn}.", *spoken(person, turn.said)]
        if turn.reaches:
            lines.append("You reached for hands-on here. It was not available, and the scene waited.")
        lines += answered(turn.kind, turn.reply_text)
        if turn.reaction:
            lines += spoken(person, turn.reaction)
        if turn.felt:
            lines.append(f"How that felt to {person}: {turn.felt}")
        if turn.why:
            lines.append(f"Why it may have gone so: {turn.why}")
        if turn.instead:
            lines.append(f"What could have been said instead: {turn.instead}")
        return lines

    def _back(self, typed: str, last: int) -> bool:
        turn = turn_after("back", typed)
        if turn is None or not 1 <= turn <= last:
            self.talk.say(f"Type back and the number of a turn, from 1 to {last}, for example back 1.")
            return False
        kept(self.talk, lambda: self.session.rewind(turn))
        self.talk.say(f"You are back at turn {turn}. Nothing you tried is lost.")
        return True

    def _keep(self) -> None:
        self.talk.say(KEEPS[self.session.keep])
        chosen = which_keep(self.talk, self.session.keep)
        if chosen != self.session.keep:
            try:
                kept(self.talk, lambda: self.session.set_keep(chosen))
            except WrongPin as wrong:  # begun without records, under a name that has a PIN
                self.talk.say(wrong.message, "It stays as it was.")
        self.talk.say(KEEPS[self.session.keep])


def summary_lines(debrief: Debrief, person: str) -> list[str]:
    """The account of the whole scene, out of role."""
    lines = [f"How it came out: {debrief.outcome}.", "There is no pass and no fail here."]
    if debrief.felt:
        lines.append(f"{person}, looking back: {debrief.felt}")
    lines.append(f"What it was about for {person}: {debrief.matters}")
    lines += [
        f"{'This came to light' if found else 'This did not come to light'}: {says}"
        for says, found in debrief.came_to_light
    ]
    if debrief.legal_note:
        lines.append(f"A note on the law: {debrief.legal_note}")
    lines.append(debrief.credits_note)
    return lines


def _offer(waiting: int, last: int) -> str:
    if waiting > last:
        return "That was the last turn. Enter finishes. Or type a turn's number, back and a number, or help."
    turns = f"There {'is' if last == 1 else 'are'} {counted(last, 'turn')} to look back on."
    return f"{turns} Enter reads turn {waiting}. Or type all, done, or help."
