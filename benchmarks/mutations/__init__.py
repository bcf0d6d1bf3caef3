"""Authors' slips made on purpose in the scenarios we ship, to see whether `check` tells each, and at its line."""
