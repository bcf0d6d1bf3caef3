"""What things cost: run `python -m benchmarks`. Prints CPU time, or a ratio of two things run side by side."""
