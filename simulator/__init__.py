"""Playing a scenario and keeping it."""
