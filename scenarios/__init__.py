"""What a scenario is, and how it unfolds. Imports nothing else of ours."""
