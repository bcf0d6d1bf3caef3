"""What a rating is and is not, in the one sentence that stands wherever ratings are shown; more in docs/claims.md."""

from __future__ import annotations

from typing import Final

CLAIM: Final = (
    "These ratings are suggestions to talk over: EMDABS-aligned, not EMDABS, validated by nobody; "
    "they certify nothing and claim nothing about restraint or about practice on a ward."
)
