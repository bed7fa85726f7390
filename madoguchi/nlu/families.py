"""Which example utterances are one sentence in several forms, so that no form is learned where another is asked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.model_selection import StratifiedGroupKFold

from madoguchi.japanese.folding import fold, katakana
from madoguchi.japanese.morphology import reading
from madoguchi.nlu.masking import MASKS

# Of 100, rapidfuzz's ratio of the normalised sounds. At 78 the families of data/nlu still read as one template each,
# the largest with some 25 forms of one request; at 75 one of 180 joins 使い方を教えて, 全部見せて and ※の限度額は.
ALIKE = 78
_ROWS = 1024  # compared at a time: all pairs of ten thousand texts at once would take 100 MB


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
    ones, others = [], []
    for start in range(0, len(forms), _ROWS):
        part = forms[start : start + _ROWS]
        alike = process.cdist(part, forms, scorer=fuzz.ratio, dtype=np.uint8, score_cutoff=ALIKE, workers=-1)
        one, other = np.nonzero(alike)
        ones.append(one + start)
        others.append(other)
    pairs = (np.concatenate(ones), np.concatenate(others)) if ones else ([], [])
    graph = csr_matrix((np.ones(len(pairs[0]), dtype=np.uint8), pairs), shape=(len(forms), len(forms)))
    return connected_components(graph, directed=False)[1].astype(np.int64)


def folds(
    texts: Sequence[str], intents: Sequence[str], *, count: int
) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """Places of learned and of held-back texts, `count` times; no family stands on both sides."""
    splitter = StratifiedGroupKFold(count, shuffle=True, random_state=0)
    yield from splitter.split(intents, intents, families(texts))
