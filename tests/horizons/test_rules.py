from datetime import date

import pytest

from reader.horizons import explain, parse
from reader.horizons.rules import RULES, Rule


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_rule_reads_its_own_example(rule: Rule) -> None:
    windows = parse(rule.example, rule.said_on, by=rule.by)
    read = [(window.rule, window.kind, window.start, window.end) for window in windows]

    assert (rule.id, rule.kind, rule.start, rule.end) in (read if rule.id == "century.from_0" else read[:1])
    assert len({window.span for window in windows}) == 1


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_rule_explains_itself(rule: Rule) -> None:
    sentence = explain(rule.id)

    assert sentence.endswith(".")
    assert "{" not in sentence
    assert len(sentence) < 200


def test_explanation_names_the_wording() -> None:
    assert explain("year.by") == "“by” a year ends on its last day."


def test_explanation_of_an_unknown_rule_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        explain("year.never")


def test_rule_ids_fit_where_claims_keep_them() -> None:
    assert all(len(rule_id) <= 60 for rule_id in RULES)


def test_examples_are_said_before_their_windows_end() -> None:
    assert all(rule.end is None or rule.end >= rule.said_on >= date(2023, 5, 17) for rule in RULES.values())
