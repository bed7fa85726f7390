"""madoguchi.nlu.kana_reader: a message's kana are words before anything else looks at it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.nlu.constants import TEXT

from madoguchi.nlu.kana_reader import KanaReader
from tests.unit.nlu.conftest import Workshop, examples, message

EXAMPLES = examples({"ask_amount": ["限度額はいくらですか", "金額は？"], "ask_term": ["期間を教えて", "何年ですか"]})


def read(workshop: Workshop, text: str, **config: object) -> str:
    workshop.create(KanaReader, **config).train(EXAMPLES)
    (done,) = workshop.load(KanaReader, **config).process([message(text)])
    spelled: str = done.get(TEXT)
    return spelled


READ = [
    ("しおかぜしきんのきかんをおしえて", "しおかぜ資金の期間を教えて"),
    ("うしおこうしゃのげんどがくは", "うしお公社の限度額は"),
    ("令和２年度のきんがく", "令和２年度の金額"),
]


@pytest.mark.parametrize(("text", "words"), READ, ids=[text for text, _ in READ])
def test_目録と例文の言葉で読む(text: str, words: str, workshop: Workshop, minami: Path) -> None:
    assert read(workshop, text) == words


def test_例文がとても多いときと_文がとても長いときは_何もしない(workshop: Workshop, minami: Path) -> None:
    assert read(workshop, "きかんをおしえて", most=3) == "きかんをおしえて"
    assert read(workshop, "きかんをおしえて", max_characters=7) == "きかんをおしえて"


def test_読んだ文が知らせとともに渡る(workshop: Workshop, minami: Path) -> None:
    workshop.create(KanaReader).train(EXAMPLES)
    (done,) = workshop.load(KanaReader).process([message("きかんをおしえて")])
    assert done.as_dict(only_output_properties=True)[TEXT] == "期間を教えて"
