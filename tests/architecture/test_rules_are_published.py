"""Every rule id has its sentence, every sentence its rule, and every unknown its question."""

import re
from pathlib import Path

from cases.screening.findings import Answer
from cases.screening.rules.goods import GOODS_CLASSES
from cases.screening.rules.recipient import RECIPIENT_SCOPES
from cases.screening.sentences import QUESTIONS, SENTENCES
from tests.golden.freeze import rulebook

SCREENING = Path(__file__).parents[2] / "cases/screening"


def engine_source() -> str:
    files = [path for path in sorted(SCREENING.rglob("*.py")) if path.name != "sentences.py"]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_every_rule_id_has_a_sentence_and_every_sentence_is_used():
    text = engine_source()
    heads = "|".join(sorted({rule.partition(".")[0] for rule in SENTENCES}))
    used = (
        set(re.findall(rf'"((?:{heads})\.[a-z_0-9]+)"', text)) - set(QUESTIONS) - {"recipient.acts_for"}
    )  # a fact's name
    used |= {f"flag.{code}" for code in re.findall(r'_flag\(\s*"([a-z_0-9]+)"', text)}

    assert used - set(SENTENCES) == set()
    assert set(SENTENCES) - used == set()


def test_sentences_are_unique_and_end_as_sentences():
    assert len(set(SENTENCES.values())) == len(SENTENCES)
    assert [rule for rule, text in SENTENCES.items() if not text.rstrip("}").endswith((".", "{reading"))] == []
    assert all(question.endswith("?") for question in QUESTIONS.values())


def test_every_unknown_that_a_rule_can_name_has_a_question():
    named = set(re.findall(r'unknown="([a-z_.]+)"', engine_source()))

    assert named - set(QUESTIONS) == set()


def test_every_class_scope_and_status_of_the_rulebook_is_known_to_a_rule():
    for measure in rulebook().measures:
        assert measure.goods <= GOODS_CLASSES, measure.id
        assert measure.recipient in RECIPIENT_SCOPES, measure.id
        assert measure.status in {"binding", "contested", "suspended", "non_binding"}, measure.id
        assert measure.direction in {"to_target", "from_target", "to_and_from_target"}, measure.id


def test_answers_are_three():
    assert {answer.value for answer in Answer} == {"yes", "no", "unknown"}
