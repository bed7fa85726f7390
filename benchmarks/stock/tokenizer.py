"""The words a stock user would give Rasa: SudachiPy behind Rasa's tokenizer interface, and nothing else.

Apart from madoguchi.nlu.tokenizer on purpose: what makes madoguchi faster must not make the baseline faster too.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message
from sudachipy import Dictionary, SplitMode


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class PlainSudachiTokenizer(Tokenizer):
    """Tokens are Sudachi's shortest units, white space aside."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._sudachi = Dictionary().create(mode=SplitMode.A)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    @staticmethod
    def required_packages() -> list[str]:
        return ["sudachipy", "sudachidict_core"]

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        found = self._sudachi.tokenize(message.get(attribute))
        return [Token(m.surface(), m.begin(), m.end(), lemma=m.normalized_form()) for m in found if m.surface().strip()]
