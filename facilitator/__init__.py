"""Reviewing what was played."""
