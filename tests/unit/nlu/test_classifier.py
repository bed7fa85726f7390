"""madoguchi.nlu.classifier: which kind of question a message is."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.training_data import TrainingData

from madoguchi.nlu import encoder
from madoguchi.nlu.classifier import LinearIntentClassifier
from tests.unit.nlu.conftest import Workshop, example, examples, message

TEXTS = {
    "greet": ["こんにちは", "おはようございます", "はじめまして", "こんばんは", "どうも、こんにちは"],
    "ask_amount": [
        "[みなと補助](program)はいくらまでですか",
        "上限はいくら",
        "[しおかぜ資金](program)の限度額",
        "いくら借りられますか",
        "最大でいくらもらえる",
    ],
    "ask_contact": [
        "電話番号を教えて",
        "[産業センター](organization)の電話",
        "どこに電話すればいい",
        "連絡先は",
        "窓口の番号は",
    ],
}


@pytest.fixture
def trained(workshop: Workshop) -> LinearIntentClassifier:
    classifier: LinearIntentClassifier = workshop.create(LinearIntentClassifier)
    classifier.train(examples(TEXTS))
    return classifier


QUESTIONS = [
    ("こんにちは！", "greet"),
    ("おはようございます。", "greet"),
    ("いくらまで借りられますか", "ask_amount"),
    ("限度額はいくら？", "ask_amount"),
    ("電話番号は", "ask_contact"),
    ("でんわばんごうをおしえて", "ask_contact"),
]


@pytest.mark.parametrize(("text", "intent"), QUESTIONS, ids=[text for text, _ in QUESTIONS])
def test_例文に近い文の種類が分かる(text: str, intent: str, trained: LinearIntentClassifier) -> None:
    (done,) = trained.process([message(text)])
    assert done.get(INTENT)["name"] == intent
    assert done.get("intent_ranking")[0] == done.get(INTENT)


@pytest.mark.parametrize("text", ["こんにちは", "上限", "zzz", "", " ", "😀", "限度額" * 400])
def test_確かさは足して一で_順に並ぶ(text: str, trained: LinearIntentClassifier) -> None:
    (done,) = trained.process([message(text)])
    shares = [entry["confidence"] for entry in done.get("intent_ranking")]
    assert sum(shares) == pytest.approx(1.0, abs=1e-5)
    assert shares == sorted(shares, reverse=True)
    assert all(0.0 <= share <= 1.0 for share in shares)
    assert {entry["name"] for entry in done.get("intent_ranking")} == set(TEXTS)


def test_知らない字ばかりの一語なら_どれも同じ答え(workshop: Workshop) -> None:
    classifier = workshop.create(LinearIntentClassifier, unsure=0)
    classifier.train(examples(TEXTS))
    done = classifier.process([message(text) for text in ("ЖЖЖ", "ФФФФ", "ЮЮ")])
    assert done[0].get("intent_ranking") == done[1].get("intent_ranking") == done[2].get("intent_ranking")


def test_しまって読み出しても同じ(workshop: Workshop, trained: LinearIntentClassifier) -> None:
    loaded = workshop.load(LinearIntentClassifier)
    texts = [text for text, _ in QUESTIONS]
    before = [done.get("intent_ranking") for done in trained.process([message(text) for text in texts])]
    after = [done.get("intent_ranking") for done in loaded.process([message(text) for text in texts])]
    assert [[entry["name"] for entry in r] for r in after] == [[entry["name"] for entry in r] for r in before]
    assert after[0][0]["confidence"] == pytest.approx(before[0][0]["confidence"])


def test_何度学んでも同じ(workshop: Workshop, trained: LinearIntentClassifier, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    again = Workshop(tmp_path / "other").create(LinearIntentClassifier)
    again.train(TrainingData(list(reversed(examples(TEXTS).training_examples))))
    for text, _ in QUESTIONS:
        (one,), (other,) = trained.process([message(text)]), again.process([message(text)])
        assert one.get("intent_ranking") == other.get("intent_ranking")


def test_しまったものに実行できるものがない(workshop: Workshop, trained: LinearIntentClassifier) -> None:
    files = {file.name: file for file in workshop.folder.rglob("*") if file.is_file()}
    assert set(files) == {"names.json", "arrays.npz"}
    assert json.loads(files["names.json"].read_text(encoding="utf-8"))["intents"] == sorted(TEXTS)
    with np.load(files["arrays.npz"], allow_pickle=False) as arrays:  # raises where anything is pickled
        assert all(np.isfinite(arrays[name]).all() for name in arrays.files)


def test_例文が一つの種類があっても学べる(workshop: Workshop) -> None:
    classifier = workshop.create(LinearIntentClassifier)
    classifier.train(examples({**TEXTS, "thank": ["ありがとう"]}))
    (done,) = classifier.process([message("ありがとう")])
    assert done.get(INTENT)["name"] == "thank"


def test_二つの種類だけでも学べる(workshop: Workshop) -> None:
    classifier = workshop.create(LinearIntentClassifier)
    classifier.train(examples({name: TEXTS[name] for name in ("greet", "ask_contact")}))
    for text, intent in (("こんにちは", "greet"), ("電話番号", "ask_contact")):
        (done,) = classifier.process([message(text)])
        assert done.get(INTENT)["name"] == intent
        assert sum(entry["confidence"] for entry in done.get("intent_ranking")) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize("texts", [{}, {"greet": TEXTS["greet"]}], ids=["なし", "一つ"])
def test_種類が二つなければ直し方を言う(texts: dict[str, list[str]], workshop: Workshop) -> None:
    with pytest.raises(InvalidConfigException) as caught:
        workshop.create(LinearIntentClassifier).train(examples(texts))
    assert "data/nlu" in str(caught.value)
    assert "2" in str(caught.value)
    assert "two intents" in str(caught.value)


def test_先に決まった種類は変えない(trained: LinearIntentClassifier) -> None:
    decided = {"name": "choose", "confidence": 1.0}
    (done,) = trained.process([message("こんにちは", **{INTENT: decided})])
    assert done.get(INTENT) == decided


def test_学ぶ前は何も言わない(workshop: Workshop) -> None:
    (done,) = workshop.create(LinearIntentClassifier).process([message("こんにちは")])
    assert done.get(INTENT) is None


def test_名前は種類に効かない(workshop: Workshop) -> None:
    names = ["みなと補助", "しおかぜ資金", "みさき保証", "なぎさ省エネ"]
    classifier = workshop.create(LinearIntentClassifier)
    classifier.train(
        examples(
            {
                "ask_amount": [f"[{name}](program)はいくら" for name in names],
                "ask_contact": [f"[{name}](program)の電話" for name in names],
                "greet": ["しおかぜ資金さん、こんにちは"],
            }
        )
    )
    marked = example("[しおかぜ資金](program)はいくら", "")
    marked.data.pop(INTENT)
    (done,) = classifier.process([marked])
    assert done.get(INTENT)["name"] == "ask_amount"


def test_長すぎる文は頭だけ読む(trained: LinearIntentClassifier) -> None:
    head = "上限はいくら。" * 143
    (short,) = trained.process([message(head[:1000])])
    (long,) = trained.process([message(head[:1000] + "こんにちは" * 2000)])
    assert short.get("intent_ranking") == long.get("intent_ranking")


@pytest.mark.parametrize(("text", "intent"), [("台風", "weather"), ("果物", "food")])
def test_用例にない言葉も_似た言葉から分かる(text: str, intent: str, workshop: Workshop) -> None:
    classifier = workshop.create(LinearIntentClassifier)
    classifier.train(examples({"weather": ["雨", "晴れ", "大雪"], "food": ["肉", "魚", "野菜"]}))
    (done,) = classifier.process([message(text)])
    assert done.get(INTENT)["name"] == intent


def test_言葉のベクトルは使わなくてもよい(workshop: Workshop) -> None:
    classifier = workshop.create(LinearIntentClassifier, vectors=0)
    classifier.train(examples(TEXTS))
    (done,) = workshop.load(LinearIntentClassifier, vectors=0).process([message("こんにちは")])
    assert done.get(INTENT)["name"] == "greet"


def test_迷ったときだけ_文の意味を聞く(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    classifier = workshop.create(LinearIntentClassifier)
    classifier.train(examples(TEXTS))
    loaded = workshop.load(LinearIntentClassifier)
    asked: list[str] = []
    vectors = encoder.sentence_vectors
    monkeypatch.setattr(encoder, "sentence_vectors", lambda texts: asked.extend(texts) or vectors(texts))
    for unsure, times in ((0.0, 0), (1.1, 1)):
        loaded._model.scale = replace(loaded._model.scale, unsure=unsure)
        loaded.process([message("連絡先")])
        assert len(asked) == times


def test_意味を聞かない設定なら_用例のベクトルも持たない(workshop: Workshop) -> None:
    classifier = workshop.create(LinearIntentClassifier, unsure=0)
    classifier.train(examples(TEXTS))
    with np.load(next(workshop.folder.rglob("arrays.npz")), allow_pickle=False) as arrays:
        assert "example_vectors" not in arrays
    (done,) = workshop.load(LinearIntentClassifier, unsure=0).process([message("こんにちは")])
    assert done.get(INTENT)["name"] == "greet"
