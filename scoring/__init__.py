"""Judging a take."""
