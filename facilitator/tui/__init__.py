"""The review app: facilitators read what was shared with them, and say what they see."""
