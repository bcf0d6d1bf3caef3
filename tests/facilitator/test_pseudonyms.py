"""The code in place of a name leads back to nobody."""

from __future__ import annotations

import uuid

from facilitator.pseudonyms import facilitator_code, trainee_code

WHO = uuid.UUID("6f1b2f2e-9d0c-4a53-8a53-3a5f5f0f9a11")


def test_a_code_is_the_same_every_time_and_shows_nothing_of_the_id() -> None:
    assert trainee_code(WHO) == trainee_code(uuid.UUID(str(WHO)))
    assert trainee_code(WHO) != trainee_code(uuid.uuid4())
    assert trainee_code(WHO).split("-")[1] != facilitator_code(WHO).split("-")[1]
    assert not any(part in trainee_code(WHO) for part in str(WHO).split("-"))
