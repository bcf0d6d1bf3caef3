"""Who practises: a name they chose or a calm one made for them, and a PIN where they want one."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from simulator.errors import SimulatorError
from simulator.text import clean_name

if TYPE_CHECKING:
    from simulator.kept import Learner

_CALM: Final = (
    "Amber", "Autumn", "Brave", "Bright", "Calm", "Careful", "Clear", "Copper", "Cosy", "Curious", "Dawn",
    "Early", "Easy", "Even", "Fair", "Fern", "Gentle", "Golden", "Green", "Hazel", "Honest", "Kind",
    "Level", "Light", "Lilac", "Little", "Mellow", "Misty", "Open", "Patient", "Plain", "Quiet", "Silver",
    "Slow", "Soft", "Steady", "Still", "Sunny", "Warm", "Willow",
)  # fmt: skip
_CREATURE: Final = (
    "Badger", "Beaver", "Bittern", "Blackbird", "Curlew", "Dolphin", "Dormouse", "Dove", "Finch", "Fox",
    "Hare", "Hedgehog", "Heron", "Kestrel", "Kingfisher", "Lark", "Linnet", "Magpie", "Mole", "Moth",
    "Newt", "Nightjar", "Otter", "Owl", "Plover", "Puffin", "Rabbit", "Robin", "Seal", "Sparrow",
    "Starling", "Stoat", "Swallow", "Swan", "Swift", "Tern", "Thrush", "Vole", "Wagtail", "Wren",
)  # fmt: skip
_HEX: Final = re.compile("[0-9a-f]{6}")
_N, _R, _P = 2**14, 8, 1
_FREE_TRIES: Final = 3
_LONGEST_WAIT_S: Final = 300
PIN_LENGTHS: Final = range(4, 33)
CLOSED: Final = "elsewhere"
"""Stands where a PIN's hash would for a trainee who practises on another machine: no PIN fits it."""


@dataclass(frozen=True, slots=True)
class Trainee:
    """The person who practises. `id` is a UUID as text."""

    id: str
    name: str
    has_pin: bool


def trainee_of(learner: Learner) -> Trainee:
    """Somebody as the records know them, without what only the records need."""
    return Trainee(str(learner.id), learner.name, learner.pin is not None)


def pseudonym(taken: frozenset[str] = frozenset()) -> str:
    """Two calm words, such as Quiet Heron, that nobody here is called yet (casefolded names in `taken`)."""
    free = [f"{calm} {creature}" for calm in _CALM for creature in _CREATURE]
    free = [name for name in free if name.casefold() not in taken]
    return secrets.choice(free) if free else f"{secrets.choice(_CALM)} {secrets.token_hex(3)}"


def is_made_up(name: str) -> bool:
    """Whether a name is one that `pseudonym` makes: its words are anybody's."""
    calm, _, creature = name.partition(" ")
    return calm in _CALM and (creature in _CREATURE or _HEX.fullmatch(creature) is not None)


def hash_pin(pin: str) -> str:
    """A PIN as it is kept: scrypt with a salt of its own. Raises ValueError unless 4..32 characters."""
    if len(pin) not in PIN_LENGTHS:
        raise ValueError("a PIN has 4 to 32 characters")
    salt = secrets.token_bytes(16)
    return f"scrypt${_N}${_R}${_P}${salt.hex()}${_scrypt(pin, salt, _N, _R, _P).hex()}"


def pin_fits(pin: str, kept: str) -> bool:
    """Whether this is the PIN that was kept; False also where what was kept cannot be read."""
    try:
        _, n, r, p, salt, digest = kept.split("$")
        made = _scrypt(pin, bytes.fromhex(salt), int(n), int(r), int(p))
        return hmac.compare_digest(made, bytes.fromhex(digest))
    except ValueError:
        return False


def wait_after(tries: int) -> int:
    """Seconds to wait after so many wrong PINs in a row: none for two, then doubling to five minutes."""
    over = tries - _FREE_TRIES
    return 0 if over < 0 else int(min(5 * 2 ** min(over, 10), _LONGEST_WAIT_S))


def wait_left(until_ms: int, now_ms: int) -> int:
    """Whole seconds still to wait; a clock that was put back cannot make it more than the longest wait."""
    left = -(-(until_ms - now_ms) // 1000)
    return max(0, min(left, _LONGEST_WAIT_S))


def _scrypt(pin: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(pin.encode("utf-8", "replace"), salt=salt, n=n, r=r, p=p, maxmem=64 * 2**20)


def named(name: str) -> str:
    """A name as it is kept, 1..60 characters. Raises SimulatorError where nothing is left of it."""
    try:
        return clean_name(name)
    except ValueError:
        raise SimulatorError(
            "A name needs at least one letter.", "Any name will do; it need not be yours."
        ) from None


def hashed(pin: str | None) -> str | None:
    """A PIN as it is kept, None where there is none. Raises SimulatorError where its length will not do."""
    if pin is None:
        return None
    if len(pin) not in PIN_LENGTHS:
        raise SimulatorError("A PIN has 4 to 32 characters.", "Choose one of that length.")
    return hash_pin(pin)
