"""A letter as the typesetter takes it: blocks of finished text in the reader's language."""
