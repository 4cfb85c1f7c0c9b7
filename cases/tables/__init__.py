"""Rows of tables as people send them, CSV and XLSX: every cell as the text that stands in it. No Django."""
