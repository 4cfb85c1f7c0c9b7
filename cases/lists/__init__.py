"""Lists of designated parties as their publishers issue them: read whole or refused whole, and compared."""
