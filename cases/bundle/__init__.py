"""The bundle: a case as a file that proves itself, without this program and without a network."""
