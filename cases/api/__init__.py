"""The HTTP interface: one file a resource, translation only."""
