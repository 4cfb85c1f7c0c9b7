"""What is done in a case: tasks that somebody sees to, and notes that stand as they were written."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.choices import TaskState
from cases.models.agency import Agency
from cases.models.case import Case
from cases.models.vocabulary import WORD, choices_of, known


class CaseTask(models.Model):
    """One thing to be done in a case; its words stay as they were set, whom it is given and its day may change."""

    # TASK-2026-04719283
    reference = models.CharField(max_length=20, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    # The case's own agency: how it deals out its work is nobody else's affair.
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    what = models.TextField()
    due_on = models.DateField(null=True, blank=True)
    # To whom it is given; null: to nobody yet.
    handed_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Of one from a template: what makes it the same task, the regime, and the paragraph where the text gives one.
    template_key = models.CharField(max_length=300, blank=True)
    regime = models.CharField(max_length=100, blank=True)
    instrument = models.CharField(max_length=100, blank=True)
    paragraph = models.CharField(max_length=100, blank=True)
    paragraph_verified = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=WORD, choices=choices_of(TaskState), default=TaskState.OPEN.value)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_reason = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "-made_at", "-id"], name="task_newest_of_agency"),
            models.Index(fields=["handed_to"], name="task_open_of_officer", condition=Q(state=TaskState.OPEN.value)),
        ]
        constraints = [
            known("state", TaskState, name="task_state_known", may_be_unknown=False),
            models.CheckConstraint(name="task_says_what", condition=~Q(what="")),
            models.UniqueConstraint(
                fields=["case", "template_key"], condition=~Q(template_key=""), name="task_of_template_once_a_case"
            ),
            models.CheckConstraint(
                name="task_ended_by_somebody",
                condition=Q(state=TaskState.OPEN.value, ended_at__isnull=True, ended_by__isnull=True, ended_reason="")
                | ~Q(state=TaskState.OPEN.value) & Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="task_dropped_with_reason", condition=~Q(state=TaskState.DROPPED.value) | ~Q(ended_reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class CaseNote(models.Model):
    """What somebody noted in a case; never changed, a later note corrects."""

    # NOTE-2026-04719283: counts nothing, so that it tells nothing of notes that a reader may not see.
    reference = models.CharField(max_length=20, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["case", "-written_at", "-id"], name="note_newest_of_case")]
        constraints = [models.CheckConstraint(name="note_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return self.reference
