"""Tasks: each loads by id, calls one service and returns a word."""
