"""madoguchi.nlu.tokenizer: words for Rasa, with their place in what was typed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from madoguchi.nlu.tokenizer import SudachiTokenizer
from tests.unit.nlu.conftest import Workshop, examples, message

TEXTS = [
    "設備投資減税はいくらですか？",
    "㈱みなみの、ﾊﾝｽﾞｵﾝ支援。",
    "😀補助金😀",
    "  空白\n改行　",
    "１億２，０００万円",
    "𠮷野家",
    "か\u3099き",
    "<b>a</b>",
    "hello",
]


@pytest.fixture
def tokenizer(workshop: Workshop) -> SudachiTokenizer:
    made: SudachiTokenizer = workshop.create(SudachiTokenizer)
    return made


@pytest.mark.parametrize("text", TEXTS, ids=repr)
def test_場所は打たれた文の文字数で数える(text: str, tokenizer: SudachiTokenizer) -> None:
    tokens = tokenizer.tokenize(message(text), TEXT)
    assert tokens
    assert all(text[token.start : token.end] == token.text for token in tokens)


def test_見出しと読みと品詞が付く(tokenizer: SudachiTokenizer) -> None:
    tokens = tokenizer.tokenize(message("補助菌を借りた"), TEXT)
    assert [token.text for token in tokens] == ["補助", "菌", "を", "借り", "た"]
    assert "".join(token.get("reading") for token in tokens[:2]) == "ホジョキン"
    assert (tokens[3].lemma, tokens[3].get("pos")) == ("借りる", "動詞")


@pytest.mark.parametrize("text", ["", " ", "　\n\t"], ids=repr)
def test_何も打たれなければ語はない(text: str, tokenizer: SudachiTokenizer) -> None:
    assert tokenizer.tokenize(message(text), TEXT) == []


def test_長すぎる文は頭だけ読む(workshop: Workshop) -> None:
    tokenizer = workshop.create(SudachiTokenizer, max_characters=10)
    assert max(token.end for token in tokenizer.tokenize(message("補助金" * 5000), TEXT)) == 10
    default = workshop.create(SudachiTokenizer)
    assert max(token.end for token in default.tokenize(message("補助金" * 5000), TEXT)) == 1000


def test_Rasaの流れで語が付く(tokenizer: SudachiTokenizer) -> None:
    (done,) = tokenizer.process([message("限度額は")])
    assert [token.text for token in done.get("text_tokens")] == ["限度", "額", "は"]
    trained = tokenizer.process_training_data(examples({"greet": ["こんにちは"]}))
    assert [token.text for token in trained.training_examples[0].get("text_tokens")] == ["こんにちは"]


def test_二つのスレッドから同時に使える(tokenizer: SudachiTokenizer) -> None:
    texts = [f"設備投資減税は{n}万円の機械から使えますか" for n in range(300)]

    def words(text: str) -> list[str]:
        return [token.text for token in tokenizer.tokenize(Message(data={TEXT: text}), TEXT)]

    expected = [words(text) for text in texts]
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(words, texts)) == expected
