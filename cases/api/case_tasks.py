"""Tasks of cases: what is to be done, for whom and by when."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from django.utils import timezone
from django.utils.translation import gettext
from drf_spectacular.utils import OpenApiParameter, extend_schema
from pydantic import BaseModel, Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.errors import InvalidRequest
from cases.api.etag import etag_of_document, require_match
from cases.api.fields import Body, Reason, Story
from cases.api.hand_over import KNOWN_USERNAME
from cases.api.idempotency import respond_once
from cases.api.json_body import JsonParser, MergePatchParser, read_body
from cases.api.openapi import IDEMPOTENCY_KEY, IF_MATCH
from cases.api.paging import PAGING_PARAMETERS, page_of
from cases.api.query import unknown_parameters, unknown_words
from cases.choices import TaskState
from cases.errors import NotFound
from cases.intake.problems import Problem
from cases.queries.case_work import cases_within, documents_of_tasks, sought_tasks, task_rows
from cases.queries.officers import get_officer
from cases.queries.rulebooks import current_rulebook
from cases.services.amend_task import TaskChanges, amend_task
from cases.services.answer_once import Answer
from cases.services.end_task import end_task
from cases.services.make_task import make_task
from cases.services.propose_tasks import propose_tasks

_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "state": (*(state.value for state in TaskState), "any"),
    "mine": ("true", "false"),
    "overdue": ("true", "false"),
}
_SAID: Final[Mapping[str, str]] = {
    "state": "How it stands; without it, what is open.",
    "mine": "What is given to the officer who asks.",
    "overdue": "What is open and was due before today.",
}
FILTERS: Final = [
    OpenApiParameter(name, {"type": "string", "enum": list(words)}, OpenApiParameter.QUERY, description=_SAID[name])
    for name, words in _WORDS.items()
]


class Act(BaseModel):
    """When, and by whom."""

    at: datetime
    by: str


class Ending(Act):
    """When it ended, by whom, and why."""

    reason: str | None


class TaskBasis(BaseModel):
    """The text and paragraph that a task of a template rests on, and whether it was read in a source."""

    text: str
    paragraph: str | None
    paragraph_verified: bool


class TaskDocument(BaseModel):
    """One task; `given_to` is null where nobody has it yet."""

    reference: str
    case: str
    what: str
    due_on: date | None
    is_overdue: bool
    given_to: str | None
    state: TaskState
    regime: str | None
    legal_basis: TaskBasis | None
    made: Act
    ended: Ending | None


class TaskPage(BaseModel):
    """One page of tasks."""

    next: str | None
    previous: str | None
    results: list[TaskDocument]


class ProposedTasks(BaseModel):
    """The tasks that were made now; those that the case has had are not made again."""

    made: list[TaskDocument]


Username = Annotated[str, Field(pattern=KNOWN_USERNAME)]


class NewTask(Body):
    """What is to be done, by when, and for whom; for nobody yet where nobody is named."""

    what: Reason
    due_on: date | None = None
    given_to: Username | None = None


class TaskChange(Body):
    """Another day, or another officer; null takes either away."""

    due_on: date | None = None
    given_to: Username | None = None


class TaskEnd(Body):
    """How it ended; what is dropped is dropped with a reason."""

    state: Literal["done", "dropped"]
    reason: Story = None


class Template(Body):
    """The regime whose text proposes the tasks."""

    regime: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")]


class TaskListView(APIView):
    """The tasks of all cases of the agency."""

    @extend_schema(operation_id="listTasks", parameters=[*FILTERS, *PAGING_PARAMETERS], responses=TaskPage)
    def get(self, request: Request) -> Response:
        """List the tasks of one's agency, latest first; without a filter, those that are open."""
        officer = get_officer(request.user)
        tasks = sought_tasks(
            access.tasks_for(officer), officer=officer, today=timezone.now().date(), sought=_sought(request)
        )
        page = page_of(request, task_rows(tasks), moment="made_at", key="pk", read_key=int)
        return Response(page.document(_shown(request, page.rows)))


class CaseTasksView(APIView):
    """The tasks of a case."""

    @extend_schema(operation_id="listCaseTasks", parameters=PAGING_PARAMETERS, responses=TaskPage)
    def get(self, request: Request, reference: str) -> Response:
        """List the tasks of a case and of those merged into it, first made first; other agencies see none."""
        officer = get_officer(request.user)
        case = access.access_case(officer, reference)
        tasks = access.tasks_for(officer).filter(case__in=cases_within(case, access.cases_for(officer)))
        page = page_of(request, task_rows(tasks), moment="made_at", key="pk", read_key=int, is_rising=True)
        return Response(page.document(_shown(request, page.rows)))

    @extend_schema(
        operation_id="makeTask", parameters=[IDEMPOTENCY_KEY], request=NewTask, responses={201: TaskDocument}
    )
    def post(self, request: Request, reference: str) -> Response:
        """Make a task in a case; the officer to whom it is given is told."""
        officer = get_officer(request.user)
        case = access.access_case(officer, reference)
        body = read_body(request, NewTask)
        access.require_own(officer, access.RECORD, case)
        receiver = None if body.given_to is None else access.access_receiver(officer, body.given_to)

        def act() -> Answer:
            task = make_task(
                officer=officer,
                case=case,
                what=body.what,
                due_on=body.due_on,
                given_to=receiver,
                made_at=timezone.now(),
            )
            return Answer(201, _shown(request, [task])[0], {"Location": f"/api/v1/tasks/{task.reference}"})

        return respond_once(request, request.data, act)


class CaseTemplateView(APIView):
    """Tasks that a regime's text proposes."""

    @extend_schema(operation_id="proposeTasks", parameters=[IDEMPOTENCY_KEY], request=Template, responses=ProposedTasks)
    def post(self, request: Request, reference: str) -> Response:
        """Make the tasks that a regime's measures and duties and the steps of a trace propose, each once a case.

        Each names its paragraph where the text gives one; none has a day.
        """
        officer = get_officer(request.user)
        case = access.access_case(officer, reference)
        body = read_body(request, Template)
        access.require_own(officer, access.RECORD, case)
        try:
            regime = current_rulebook().regime(body.regime)
        except KeyError:
            raise NotFound(thing="regime") from None

        def act() -> Answer:
            made = propose_tasks(officer=officer, case=case, regime=regime, proposed_at=timezone.now())
            return Answer(200, {"made": _shown(request, made)})

        return respond_once(request, request.data, act)


class TaskView(APIView):
    """One task."""

    parser_classes = [MergePatchParser, JsonParser]

    @extend_schema(operation_id="readTask", responses=TaskDocument)
    def get(self, request: Request, reference: str) -> Response:
        """Read a task."""
        return _answered(request, access.access_task(get_officer(request.user), reference))

    @extend_schema(
        operation_id="amendTask",
        parameters=[IF_MATCH],
        request={"application/merge-patch+json": TaskChange, "application/json": TaskChange},
        responses=TaskDocument,
    )
    def patch(self, request: Request, reference: str) -> Response:
        """Give an open task to somebody else, or another day; its words stay as they are."""
        officer = get_officer(request.user)
        task = access.access_task(officer, reference)
        access.require_own(officer, access.RECORD, task)
        require_match(request, _version(_document(request, task)))
        body = read_body(request, TaskChange)
        changes: TaskChanges = {}
        if "due_on" in body.model_fields_set:
            changes["due_on"] = body.due_on
        if "given_to" in body.model_fields_set:
            changes["handed_to"] = None if body.given_to is None else access.access_receiver(officer, body.given_to)
        return _answered(request, amend_task(officer=officer, task=task, changes=changes, amended_at=timezone.now()))


class TaskEndView(APIView):
    """Ending a task."""

    @extend_schema(operation_id="endTask", parameters=[IDEMPOTENCY_KEY], request=TaskEnd, responses=TaskDocument)
    def post(self, request: Request, reference: str) -> Response:
        """End a task as done, or as dropped with the reason."""
        officer = get_officer(request.user)
        task = access.access_task(officer, reference)
        body = read_body(request, TaskEnd)
        reason = body.reason or ""
        if body.state == "dropped" and not reason:
            raise InvalidRequest([Problem("/reason", "missing")])

        def act() -> Answer:
            end_task(officer=officer, task=task, state=TaskState(body.state), reason=reason, ended_at=timezone.now())
            return Answer(200, _document(request, access.access_task(officer, reference)))

        return respond_once(request, request.data, act)


def _document(request: Request, task: Any) -> dict[str, Any]:
    return _shown(request, [task])[0]


def _shown(request: Request, rows: Any) -> list[dict[str, Any]]:
    with_nominal = access.SEE_NOMINAL in get_officer(request.user).rights
    today = timezone.now().date()
    return documents_of_tasks(rows, today=today, with_nominal=with_nominal, translated=gettext)


def _version(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what makes a version: whether the day has passed is none of it, nor the reader's language."""
    return {name: value for name, value in document.items() if name not in {"is_overdue", "what"}}


def _answered(request: Request, task: Any) -> Response:
    document = _document(request, task)
    return Response(document, headers={"ETag": etag_of_document(_version(document))})


def _sought(request: Request) -> dict[str, str]:
    """Return what the query asks for; raises InvalidRequest."""
    query = request.query_params
    known = {*_WORDS, *(parameter.name for parameter in PAGING_PARAMETERS)}
    if problems := [*unknown_parameters(query, known), *unknown_words(query, _WORDS)]:
        raise InvalidRequest(problems)
    return {name: query[name] for name in _WORDS if name in query}
