"""The language server for scenario files: what it knows is in pure modules; server.py alone speaks the protocol."""
