"""Writes: one use case a file, one public function of its name, one transaction, the audit entry in it."""
