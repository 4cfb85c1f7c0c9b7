"""Ask for marks as an officer would, and print how long each answer took."""

import sys
from itertools import islice
from time import perf_counter
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from cases import access
from cases.queries.marks_met import read_question
from cases.queries.officers import get_officer_named
from cases.row_scope import scoped
from cases.services.load_generated_marks import ASKING
from cases.services.search_marks import search_marks


class Command(BaseCommand):
    """Read questions from standard input, a line of JSON each, and answer in milliseconds and hits."""

    help = "Ask for the marks on standard input and print how long each answer took."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take after how many questions it counts."""
        parser.add_argument("--after", type=int, default=20)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Ask each in the officer's scope and in a transaction of its own; what is measured is the whole search."""
        officer = get_officer_named(ASKING)
        questions = [orjson.loads(line) for line in sys.stdin.buffer]
        for question in islice(questions, options["after"]):
            self._ask(officer, question["text"])
        for question in questions[options["after"] :]:
            began = perf_counter()
            hits = self._ask(officer, question["text"])
            line = {**question, "ms": (perf_counter() - began) * 1000, "hits": hits}
            self.stdout.write(orjson.dumps(line).decode())

    def _ask(self, officer: Any, text: str) -> int:
        words = {"text": text}
        with scoped(access.scope_of(officer)):
            found = search_marks(officer=officer, asked=read_question(words), words=words, asked_at=timezone.now())
        return len(found.hits)
