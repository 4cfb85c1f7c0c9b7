"""Made-up incidents, plausible in space, time, goods and marks: the same ones for the same seed, on any machine."""
