"""What this repository's own tests share; the harness itself has no need of it."""
