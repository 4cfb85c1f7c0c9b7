"""What registers hold, read from rows: points of contact, marking practices, and an agency's own arms. No Django."""
