"""Name matching against RapidFuzz's token sort ratio, at the threshold that suits the rival best."""

import time
from collections.abc import Callable

import pytest
from rapidfuzz.fuzz import token_sort_ratio

from backend.bench.figures import Plan
from backend.bench.material import designations
from backend.bench.measuring import measured
from backend.bench.names import Pair, pairs, party_names
from cases.generate.draws import Draw
from cases.generate.listed import LISTED
from cases.screening.names import REVIEW_THRESHOLD, similarity

pytestmark = pytest.mark.benchmark

COUNT = 2_000


def near_misses(count: int) -> list[Pair]:
    """Return pairs that look alike and are not one party's: another given name, another number."""
    draw, made = Draw(5), []
    for _ in range(count):
        person = draw.one(LISTED["person"]).split()
        other = draw.one(LISTED["person"]).split()
        if other[0] != person[0]:
            made.append(Pair(" ".join(person), " ".join([other[0], *person[1:]]), "person", is_same=False))
        company = draw.one(LISTED["organization"])
        number = next(word for word in company.split() if word.isdigit())
        made.append(
            Pair(company, company.replace(number, f"{(int(number) + 37) % 10_000:04}"), "organization", is_same=False)
        )
    return made


def f1(judged: list[tuple[bool, bool]]) -> float:
    right = sum(is_same and said for is_same, said in judged)
    return 2 * right / max(1, sum(is_same + said for is_same, said in judged))


def scored(drawn: list[Pair], score: Callable[[Pair], float]) -> list[tuple[bool, float]]:
    return [(pair.is_same, score(pair)) for pair in drawn]


def at(threshold: float, scores: list[tuple[bool, float]]) -> float:
    return f1([(is_same, score >= threshold) for is_same, score in scores])


def test_similarity_judges_better_than_token_sorting(tell):
    drawn = [*pairs(COUNT, seed=3), *near_misses(COUNT // 8)]

    def rival(pair: Pair) -> float:
        return token_sort_ratio(pair.first.casefold(), pair.second.casefold()) / 100

    def ours(pair: Pair) -> float:
        return similarity(pair.first, pair.second, pair.kind)

    our_f1 = at(REVIEW_THRESHOLD, scored(drawn, ours))
    rival_f1 = max(at(step / 100, scored(drawn, rival)) for step in range(40, 100, 2))
    our_us, rival_us = (
        measured(name, lambda score=score: scored(drawn, score), rounds=3).best / len(drawn) * 1e6
        for name, score in (("similarity", ours), ("token sort", rival))
    )

    tell(f"similarity F1 {our_f1:.3f} {our_us:.1f} us; token sort ratio F1 {rival_f1:.3f} {rival_us:.1f} us a pair")
    assert our_f1 > rival_f1


def test_the_index_outruns_comparing_with_all_and_finds_the_same(tell):
    designated = designations(Plan())
    asked = party_names(30, seed=8)

    def compared(name: str, kind: str) -> set[int]:
        return {
            key
            for key, entry in enumerate(designated.entries)
            if entry.kind == kind
            and any(similarity(name, spelling.text, kind) >= REVIEW_THRESHOLD for spelling in entry.spellings)
        }

    begun = time.process_time()
    found = [{match.key for match in designated.named(name, kind)} for name, kind in asked]
    looked_up_s = time.process_time() - begun
    begun = time.process_time()
    expected = [compared(name, kind) for name, kind in asked]
    compared_s = time.process_time() - begun

    each_ms, all_ms = looked_up_s / len(asked) * 1000, compared_s / len(asked) * 1000
    tell(f"one party against the list: index {each_ms:.2f} ms, comparing with all {all_ms:.1f} ms")
    missed = sum(len(wanted - got) for got, wanted in zip(found, expected, strict=True))
    assert missed <= 0.005 * max(1, sum(map(len, expected)))
    assert compared_s / looked_up_s > 10
