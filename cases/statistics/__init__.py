"""Statistics: what of the records is counted, in which tables, and what of them may leave the house. No Django."""
