"""madoguchi.japanese.sequences: which words were seen, how each is read, and what stood beside what."""

from __future__ import annotations

import json

from madoguchi.japanese.sequences import END, START, Sequences


def test_数はみな同じ言葉_読みは見た順() -> None:
    seen = Sequences.of(["3人", "12人", "人の名前"])
    assert seen.pairs[START, "0"] == seen.pairs["0", "人"] == 2
    assert seen.pairs["名前", END] == 1
    assert seen.readings["人"] == ["ニン", "ヒト"]
    assert "0" not in seen.readings


def test_足せば_どちらで見た数も入る() -> None:
    both = Sequences.of(["保証の電話"]) + Sequences.of(["保証の窓口", "電話"])
    assert both.pairs["保証", "の"] == 2
    assert both.pairs["の", "窓口"] == both.pairs["電話", END] - 1 == 1
    assert both.readings["窓口"] == ["マドグチ"]


def test_いらない言葉は_隣りどうしの数からも消える() -> None:
    left = Sequences.of(["でんわは保証", "保証は"]).without(lambda word: word == "でんわ")
    assert "でんわ" not in left.readings
    assert left.pairs == {("は", "保証"): 1, ("保証", END): 1, (START, "保証"): 1, ("保証", "は"): 1, ("は", END): 1}


def test_しまって読み出しても同じ() -> None:
    seen = Sequences.of(["保証の電話は３番"])
    assert Sequences.from_data(json.loads(json.dumps(seen.as_data(), ensure_ascii=False))) == seen
