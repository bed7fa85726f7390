"""Which example utterances are one sentence in several forms, so that no form is learned where another is asked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.model_selection import StratifiedGroupKFold

from madoguchi.japanese.folding import fold, katakana
from madoguchi.japanese.morphology import reading
from madoguchi.nlu.masking import MASKS, masked

# Of 100, rapidfuzz's ratio of the normalised sounds. At 78 the families of data/nlu still read as one template each,
# the largest with some 25 forms of one request; at 75 one of 180 joins 使い方を教えて, 全部見せて and ※の限度額は.
ALIKE = 78
FOLDS = 5


def normalised(text: str) -> str:
    """`text` by its sound, without spaces, signs and pictures: what is left of it when only the writing differs.

    >>> normalised('どう つかいますか？'), normalised('どう使いますか')
    ('ドウツカイマスカ', 'ドウツカイマスカ')
    """
    sound = katakana(fold(reading(text)))
    return "".join(c for c in sound if c in MASKS.values() or unicodedata.category(c)[0] in "LN") or fold(text)


def families(texts: Sequence[str]) -> npt.NDArray[np.int64]:
    """The number of each text's family. Texts with names hold masks for them, so a template is one family.

    Two texts are of one family when their normalised forms are alike, or both are like a third one.
    """
    forms = [normalised(text) for text in texts]
    alike = process.cdist(forms, forms, scorer=fuzz.ratio, dtype=np.uint8, score_cutoff=ALIKE)
    _, numbers = connected_components(csr_matrix(alike), directed=False)
    return numbers.astype(np.int64)


def folds(examples: Sequence[Message]) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """Places of learned and of held-back examples, five times; no family stands on both sides."""
    groups = families([masked(example) for example in examples])
    intents = [str(example.get(INTENT)) for example in examples]
    splitter = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    yield from splitter.split(intents, intents, groups)
