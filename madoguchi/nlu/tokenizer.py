"""Japanese words for Rasa, by SudachiPy."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from madoguchi.japanese.morphology import morphemes


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SudachiTokenizer(Tokenizer):
    """Tokens are Sudachi's shortest units; offsets are code points of the raw text, the lemma is the normalised form.

    `max_characters` bounds the work for one message: what stands behind it is not read. The channel refuses longer
    texts with a sentence; this bound protects the other ways into the parser.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "max_characters": 1000,
        }

    @staticmethod
    def required_packages() -> list[str]:
        return ["sudachipy", "sudachidict_core"]

    @staticmethod
    def supported_languages() -> list[str]:
        return ["ja"]

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        text = str(message.get(attribute))[: self._config["max_characters"]]
        return [
            Token(m.surface, m.start, m.end, data={"reading": m.reading, "pos": m.part_of_speech}, lemma=m.lemma)
            for m in morphemes(text)
        ]
