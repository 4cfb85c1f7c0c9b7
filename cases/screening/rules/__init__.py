"""One file a condition; each rule weighs one thing and knows no other rule."""
