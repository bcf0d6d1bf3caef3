"""Who somebody is called outside these records.

A trainee's id is 122 random bits that stand in the records alone, so a hash of it is the same in every export and
leads back to nobody without the records. The name they practise under may be their own; it never leaves.
"""

from __future__ import annotations

from hashlib import blake2b
from uuid import UUID


def trainee_code(learner: UUID) -> str:
    """Who a trainee is in every export, such as trainee-1f0c9a…: 64 bits, stable while the records have them."""
    return f"trainee-{_digest(learner, b'trainee')}"


def facilitator_code(who: UUID) -> str:
    """The same of a facilitator."""
    return f"facilitator-{_digest(who, b'facilitator')}"


def _digest(key: UUID, person: bytes) -> str:
    return blake2b(key.bytes, digest_size=8, person=person).hexdigest()
