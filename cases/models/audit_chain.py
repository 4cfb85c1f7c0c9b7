"""What makes a change of the audit trail visible: links, signed heads, and changes made past the application."""

from django.db import models

from cases.models.audit_entry import AuditEntry
from cases.models.vocabulary import WORD

# "sha256:" and 64 hexadecimal digits.
DIGEST = 71


class UnlinkedEntry(models.Model):
    """An entry that waits to be linked; the database writes it with the entry, the linker takes it away."""

    # No foreign key: a removed entry must not be able to stop the linker.
    entry_id = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return f"entry {self.entry_id}"


class AuditLink(models.Model):
    """An entry's place in the chain. Positions count from 1 without gaps, in the order of linking.

    That order is nearly, not always, that of the entries' numbers: whoever commits late is linked late.
    """

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="link")
    previous = models.CharField(max_length=DIGEST)
    digest = models.CharField(max_length=DIGEST)

    class Meta:
        constraints = [
            models.CheckConstraint(name="audit_link_counts_from_one", condition=models.Q(position__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.position}: entry {self.entry_id}"


class AuditHead(models.Model):
    """The end of the chain at a moment, signed; the same line stands in a file outside the database."""

    position = models.BigIntegerField()
    digest = models.CharField(max_length=DIGEST)
    signed_at = models.DateTimeField()
    # The beginning of the public key's digest: which key signed.
    key_id = models.CharField(max_length=16)
    signature = models.CharField(max_length=128)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["position"], name="audit_head_once")]

    def __str__(self) -> str:
        return f"head at {self.position}"


class RowChange(models.Model):
    """Rows that somebody changed without an audit entry in the same transaction; written by the database itself.

    Says which rows and columns, and digests of before and after; never what they hold.
    """

    changed_at = models.DateTimeField()
    # As the database numbers it; a transaction that turns out to be audited takes its own rows back.
    transaction = models.BigIntegerField()
    table_name = models.CharField(max_length=WORD)
    operation = models.CharField(max_length=WORD)
    row_count = models.BigIntegerField()
    # Of the first rows, as a list of {key, columns, before, after}.
    rows = models.JSONField()
    signed_in_as = models.CharField(max_length=WORD)
    acting_as = models.CharField(max_length=WORD)
    # Whom the application said it acts for, and what the session says it is for; both can be made up.
    officer = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    program = models.TextField(blank=True)
    address = models.CharField(max_length=WORD, blank=True)

    class Meta:
        indexes = [models.Index(fields=["transaction"], name="row_change_of_transaction")]

    def __str__(self) -> str:
        return f"{self.operation} of {self.row_count} in {self.table_name} by {self.signed_in_as}"
