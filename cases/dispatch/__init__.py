"""The ways by which an issued letter leaves: e-mail, HTTPS, a folder; one small interface before all of them."""
