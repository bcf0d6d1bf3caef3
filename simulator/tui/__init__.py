"""The trainee app: screens over the one service."""
