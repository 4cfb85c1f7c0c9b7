"""Places: boundaries, distances, zones and views; knows nothing of cases."""
