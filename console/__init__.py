"""The web interface: server-rendered pages."""
