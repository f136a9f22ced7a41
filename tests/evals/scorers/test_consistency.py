from evals.scorers.consistency import agreement
from tests.evals.made import SILENT, answer, case, citation, results, suite


def test_the_same_sources_and_end_agree() -> None:
    one, two = citation(1, "a#a"), citation(2, "b#b")
    agreed = agreement([answer(citations=(one, two)), answer(citations=(two, one))])
    assert agreed == {"consistent": 1.0, "jaccard": 1.0}


def test_two_abstentions_agree() -> None:
    assert agreement([SILENT, SILENT])["consistent"] == 1


def test_another_direct_answer_disagrees() -> None:
    assert agreement([answer(short="Nej."), answer(short="")])["consistent"] == 0
    assert agreement([answer(short="Nej."), answer(short="No.")])["consistent"] == 1


def test_the_pair_furthest_apart_decides() -> None:
    near = [answer(citations=tuple(citation(n, f"a#{n}") for n in range(4)))] * 2
    far = answer(citations=(citation(1, "b#b"),))
    assert agreement([*near, far]) == {"consistent": 0.0, "jaccard": 0.0}
    assert agreement([*near, SILENT])["consistent"] == 0


def test_a_group_is_one_result_beside_its_cases() -> None:
    asked = suite(case("a", group="g"), case("b", group="g"), case("c", group="ensam"))
    scored = results(asked, b=answer(short="Nej."))
    (group,) = [result for result in scored if result.id.startswith("group:")]
    assert (group.id, group.metrics["consistent"]) == ("group:g", 0.0)
    assert len(scored) == 4
