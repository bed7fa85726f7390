"""The ways in which people write a sentence otherwise than the examples do: in kana, with slips, in dialect …

Each takes a text and a source of chance and gives the text as somebody else would have typed it; where a text offers
nothing to change, it comes back as it was.
"""

from __future__ import annotations

import contextlib
import functools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from random import Random

from sudachipy import Dictionary

from madoguchi.japanese.folding import hiragana, is_kana, katakana
from madoguchi.japanese.morphology import Morpheme, morphemes

Perturbation = Callable[[str, Random], str]

_ROWS = (  # keys of a telephone: one slip of the thumb is another kana of the same key
    *("あいうえお", "かきくけこ", "さしすせそ", "たちつてと", "なにぬねの", "はひふへほ", "まみむめも", "やゆよ"),
    *("らりるれろ", "がぎぐげご", "ざじずぜぞ", "だぢづでど", "ばびぶべぼ", "ぱぴぷぺぽ", "わをん"),
)
_MARKS = dict(
    zip(
        "かきくけこさしすせそたちつてとはひふへほつやゆよ",
        "がぎぐげござじずぜぞだぢづでどばびぶべぼっゃゅょ",
        strict=True,
    )
)
_MARKS |= {marked: plain for plain, marked in _MARKS.items()}
# What people leave out on a telephone. Not まで, も, と, から: without these it is another question.
_PARTICLES = frozenset(
    (part, kind, surface) for part, kind in (("助詞", "係助詞"), ("助詞", "格助詞")) for surface in "はがをにへので"
)
_KANSAI = (  # the first of these that fits; then an ending where none does
    (r"教えてください|教えて下さい|おしえてください", "教えてくれへん"),
    (r"でしょうか", "やろか"),
    (r"(?<=ん)ですか", "やろか"),
    (r"ですか", "なん"),
    (r"ますか", "ますのん"),
    (r"ください|下さい", "ちょうだい"),
    (r"なのですか|なんですか", "なんやの"),
    (r"いくら", "なんぼ"),
    (r"どれくらい|どのくらい", "どんくらい"),
    (r"だめ|ダメ", "あかん"),
    (r"(?<=[てで])いる", "る"),
    (r"できない", "でけへん"),
    (r"(?<=[えけせてねべめれげ])ない", "へん"),
    (r"いい", "ええ"),
    (r"ほんとう|本当", "ほんま"),
    (r"だけど", "やけど"),
    (r"だから", "やから"),
    (r"(です|ます)(?=[。！!]*\Z)", r"\1ねん"),
    (r"(?<=[うくぐすつぬぶむるん])の(?=[？?]*\Z)", "ん"),
)
_KANSAI_ENDINGS = {  # where none of these fits, by the last word: how one says it, and how one asks it
    **dict.fromkeys(
        ("名詞", "代名詞", "形状詞"), (("なんやけど", "やねんけど", "やねん", "って、わかる？"), ("なん？", "やろか？"))
    ),
    **dict.fromkeys(("動詞", "形容詞"), (("ねんけど", "んやわ"), ("んやろか？", "のん？"))),
}
_OPENINGS = (
    "お忙しいところ恐れ入りますが、",
    "すみません、",
    "突然申し訳ございません。",
    "お世話になっております。",
    "初めてで何も分からないのですが、",
    "ちょっとお伺いしたいのですが、",
    "夜分遅くに失礼いたします。",
    "いつも大変お世話になっております。",
    "つかぬことをお伺いしますが、",
    "ご多忙中恐縮ですが、",
    "何度も申し訳ないのですが",
    "お手すきのときで構いませんので、",
    "不躾な質問で恐縮です。",
    "差し支えなければ教えてほしいのですが、",
    "勉強不足でお恥ずかしいのですが、",
    "恐れ入ります",
)
_CLOSINGS = (
    "よろしくお願いいたします。",
    "ご教示いただけますと幸いです。",
    "すみませんがお願いします。",
    "お手数をおかけします。",
    "お返事をお待ちしております。",
    "ご回答のほど、何卒よろしくお願い申し上げます。",
    "お教えいただけると大変助かります。",
    "以上、よろしくお願い致します",
    "ご確認いただけますでしょうか。",
    "どうぞよろしくお願いします！",
    "ご面倒をおかけして申し訳ございません。",
    "お時間のあるときにお返事いただければありがたく存じます。",
)
_REQUESTS = re.compile(r"(?:教えて|おしえて)(?:ください|下さい|ほしい(?:です)?|欲しい(?:です)?)?(?=[。！!]*\Z)")
_POLITE_REQUESTS = (
    "教えていただけますでしょうか",
    "教えて頂けないでしょうか",
    "ご教示願えますか",
    "教えてもらえると助かります",
)
_EMOJI = "😊🙏💦😅🙇✨❓👀📞🤔"
_ODD_SIGNS = {
    "、": ("，", "､", ",", "・・・"),
    "。": ("．", "｡", "…", "!!"),
    "？": ("??", "?!", "。", "？？？"),
    "?": ("？", "??"),
}


def _kana(text: str, rng: Random) -> str:
    """All in hiragana, as Sudachi reads it."""
    return hiragana(_sounds(text))


def _katakana(text: str, rng: Random) -> str:
    return _sounds(text)


def _narrow(text: str, rng: Random) -> str:
    """All in half-width katakana."""
    return "".join(_narrow_kana().get(c, c) for c in _sounds(text))


def _sounds(text: str) -> str:
    """The text with its kanji read out in katakana; signs, digits and Latin letters stay."""
    read = list(text)
    for word in morphemes(text):
        kana = is_kana(katakana(word.surface))
        if kana or (_has_kanji(word.surface) and not any(c.isdigit() for c in word.surface)):
            read[word.start : word.end] = [word.reading, *[""] * (word.end - word.start - 1)]
    return "".join(read)


def _misconverted(text: str, rng: Random) -> str:
    """One word converted to another of the same sound: 補助金 -> 補助菌, 保証 -> 補償."""
    words = [word for word in morphemes(text) if _is_kanji(word.surface) and _others_of_this_sound(word)]
    if not words:
        return text
    word = rng.choice(words)
    return text[: word.start] + rng.choice(_others_of_this_sound(word)) + text[word.end :]


def _others_of_this_sound(word: Morpheme) -> list[str]:
    return [other for other in _homophones().get((len(word.surface), word.reading), []) if other != word.surface]


def _mistyped(text: str, rng: Random) -> str:
    """One kana as its neighbour on the key, or with its mark forgotten: いくら -> いきら."""
    places = [i for i, c in enumerate(text) if _neighbours(c)]
    if not places:
        return text
    place = rng.choice(places)
    return text[:place] + rng.choice(_neighbours(text[place])) + text[place + 1 :]


def _neighbours(character: str) -> str:
    """The kana that one gets by a slip."""
    plain = hiragana(character)
    others = next((row.replace(plain, "") for row in _ROWS if plain in row), "") + _MARKS.get(plain, "")
    return others if plain == character else katakana(others)


def _dropped(text: str, rng: Random) -> str:
    """One character forgotten; a text of one or two is left alone, for nothing would be left to understand."""
    places = _letters(text)
    if len(places) < 3:
        return text
    place = rng.choice(places)
    return text[:place] + text[place + 1 :]


def _doubled(text: str, rng: Random) -> str:
    places = _letters(text)
    if not places:
        return text
    place = rng.choice(places)
    return text[:place] + text[place] + text[place:]


def _swapped(text: str, rng: Random) -> str:
    """Two neighbouring kana, letters or digits in the wrong order; kanji, converted whole, keep their places."""
    letters = _letters(text)
    places = [i for i in letters if _are_typed(text[i : i + 2]) and text[i] != text[i + 1]]
    if len(letters) < 3 or not places:
        return text
    place = rng.choice(places)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _are_typed(pair: str) -> bool:
    return len(pair) == 2 and (is_kana(pair) or (pair.isascii() and pair.isalnum()))


def _letters(text: str) -> list[int]:
    """Places of kana, kanji, letters and digits."""
    return [i for i, c in enumerate(text) if unicodedata.category(c)[0] in "LN"]


def _without_particles(text: str, rng: Random) -> str:
    """Without は, を, に, が …, as on a telephone's keyboard."""
    kept = list(text)
    for word in _dictionary().create().tokenize(text):
        if word.begin() and (*word.part_of_speech()[:2], word.surface()) in _PARTICLES:
            kept[word.begin() : word.end()] = [""] * (word.end() - word.begin())
    return "".join(kept)


def _kansai(text: str, rng: Random) -> str:
    """As one says it in Shiga; a text that one would not end otherwise there stays."""
    said = text
    for standard, dialect in _KANSAI:
        said = re.sub(standard, dialect, said)
    bare = text.rstrip("。？?！!")
    if said != text or not bare:
        return said
    last = _dictionary().create().tokenize(bare)[-1]
    told, asked = _KANSAI_ENDINGS.get(last.part_of_speech()[0], ((), ()))
    if not _is_japanese(last.surface()) or (told and not _ends_a_sentence(last.part_of_speech())):
        return text
    endings = asked if text.endswith(("？", "?")) else told
    return bare + rng.choice(endings) if endings else text


def _ends_a_sentence(part_of_speech: Sequence[str]) -> bool:
    """Whether a word is no verb or adjective, or one in its plain form: 使える, not 使え."""
    return part_of_speech[5] == "*" or part_of_speech[5].startswith(("終止形", "連体形"))


def _polite(text: str, rng: Random) -> str:
    """With what polite people put before and behind, and asked as they ask."""
    asked = _REQUESTS.sub(rng.choice(_POLITE_REQUESTS), text)
    return f"{rng.choice(_OPENINGS)}{asked}{'' if asked.endswith(tuple('。？?！!')) else '。'}{rng.choice(_CLOSINGS)}"


def _pictured(text: str, rng: Random) -> str:
    """With pictures behind, and one between two words."""
    words = morphemes(text)
    middle = rng.choice(words).end if words else len(text)
    return text[:middle] + rng.choice(_EMOJI) + text[middle:] + rng.choice(_EMOJI) * rng.randint(1, 3)


def _unspaced(text: str, rng: Random) -> str:
    """Without spaces and signs."""
    return "".join(c for c in text if unicodedata.category(c)[0] not in "ZP") or text


def _odd_signs(text: str, rng: Random) -> str:
    """With other signs than the usual ones, and some more at the end."""
    signed = "".join(rng.choice(_ODD_SIGNS[c]) if c in _ODD_SIGNS else c for c in text)
    return signed + rng.choice(("…", "!!", "。。。", "、", "～", " ｡"))


def _spaced(text: str, rng: Random) -> str:
    """With a space between all words."""
    return rng.choice((" ", "　")).join(word.surface for word in morphemes(text))


def _wide(text: str, rng: Random) -> str:
    """With full-width digits, Latin letters and signs."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


PERTURBATIONS: dict[str, Perturbation] = {
    "kana": _kana,
    "katakana": _katakana,
    "half_width_katakana": _narrow,
    "wrong_conversion": _misconverted,
    "mistyped": _mistyped,
    "dropped": _dropped,
    "doubled": _doubled,
    "swapped": _swapped,
    "no_particles": _without_particles,
    "kansai": _kansai,
    "polite": _polite,
    "emoji": _pictured,
    "unspaced": _unspaced,
    "odd_signs": _odd_signs,
    "spaced": _spaced,
    "full_width": _wide,
}


def _is_kanji(text: str) -> bool:
    return all("一" <= c <= "鿿" for c in text)


def _is_japanese(text: str) -> bool:
    return all(_has_kanji(c) or is_kana(c) for c in text)


def _has_kanji(text: str) -> bool:
    return any("一" <= c <= "鿿" or c == "々" for c in text)


@functools.cache
def _dictionary() -> Dictionary:
    return Dictionary()


@functools.cache
def _narrow_kana() -> dict[str, str]:
    """ポ -> ﾎﾟ, for every katakana and sign that has a half-width form."""
    narrow = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF61, 0xFF9E)}
    marked = {
        unicodedata.normalize("NFC", plain + mark): half + half_mark
        for plain, half in narrow.items()
        for mark, half_mark in (("\u3099", "ﾞ"), ("\u309a", "ﾟ"))
    }
    return {full: half for full, half in {**marked, **narrow}.items() if len(full) == 1}


@functools.cache
def _homophones() -> dict[tuple[int, str], list[str]]:
    """Words of one and two common kanji by length and reading, from Sudachi's dictionary; proper names are left out.

    The dictionary cannot be listed, so every pair of the kanji of JIS's first level is looked up: some 20 seconds.
    """
    look_up = _dictionary().lookup
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    kanji = list(_common_kanji())
    for first in kanji:
        for surface in (first, *(first + second for second in kanji)):
            sounds = {
                word.reading_form()
                for word in look_up(surface)
                if word.part_of_speech()[0] in ("名詞", "接尾辞") and word.part_of_speech()[1] != "固有名詞"
            }
            for sound in sounds:
                found[len(surface), sound].append(surface)
    return found


def _common_kanji() -> Iterator[str]:
    """The 2,965 kanji of the first level of JIS X 0208."""
    for row in range(0xB0, 0xD0):
        for cell in range(0xA1, 0xFF):
            with contextlib.suppress(UnicodeDecodeError):
                yield bytes((row, cell)).decode("euc_jp")
