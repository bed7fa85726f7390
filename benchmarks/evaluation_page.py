"""The page of `make evaluate`: for people who write utterances, not programs; one file, readable without a network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from benchmarks.evaluation import ALMOST_SAME, SAME, Answer, Evaluation, Kind, Share, Twins, confusions

_LOW = 0.5  # confidence below which an utterance is shown as unsure
_MOST_PAIRS = 15
_MOST_UNSURE = 40
_MOST_TWINS = 60
_MOST_CHANGES = 40
_CELL = 17  # pixels of one field of the confusion matrix
_MARGIN = 128  # pixels for the names beside it

_STYLE = Path(__file__).with_suffix(".css")


def page(evaluation: Evaluation, before: Evaluation | None, folder: Path) -> str:
    """The page of `evaluation`, compared with the one `before` it."""
    means = {kind.intent: meaning(folder / f"{kind.intent}.yml") for kind in evaluation.kinds}
    pairs = confusions(evaluation.answers)
    unsure = sorted((a for a in evaluation.answers if a.confidence < _LOW), key=lambda answer: answer.confidence)
    against = [pair for pair in evaluation.twins if pair.intents[0] != pair.intents[1]]
    same = [pair for pair in evaluation.twins if pair.intents[0] == pair.intents[1]]
    parts = [
        _head(evaluation, len(unsure), len(against)),
        _section("changes", "前回との差", _CHANGES, _changes(evaluation, before)),
        _section("kinds", "種類ごとの出来", _KINDS, _kinds(evaluation.kinds, means)),
        _section("matrix", "取り違えの図", _MATRIX, _matrix(evaluation)),
        _section("pairs", "よくある取り違え", _PAIRS, _pairs(pairs)),
        _section("unsure", f"自信の低い文（{len(unsure)} 文）", _UNSURE, _unsure(unsure)),
        _section("against", f"食い違う用例（{len(against)} 組）", _AGAINST, _twins(against)),
        _section("same", f"重なっている用例（{len(same)} 組）", _SAME, _twins(same)),
    ]
    return (
        '<!doctype html>\n<html lang="ja"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>学習の出来 {escape(evaluation.day)}</title><style>{_STYLE.read_text(encoding='utf-8')}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )


_MENU = {
    "changes": "前回との差",
    "kinds": "種類ごと",
    "matrix": "図",
    "pairs": "取り違え",
    "unsure": "自信の低い文",
    "against": "食い違い",
    "same": "重なり",
}
_CHANGES = "前に作った報告とくらべます。正しくなった文が緑、間違うようになった文が赤です。"
_KINDS = (
    "青い帯が F1（見落としの少なさと取り違えの少なさを合わせた点。1.00 が満点）、細い線が 95% 信頼区間です。"
    "線の長い種類は、用例が少なくて出来がまだよく分かりません。"
)
_MATRIX = "縦が正しい種類、横が読み取った種類です。赤が濃いほど、よく取り違えています。触れると文の数が出ます。"
_PAIRS = "どの種類がどの種類に間違われたか、多い順です。開くと文が出ます。文の数字は自信（％）です。"
_UNSURE = "読み取った種類への自信が 50% に満たない文です。似た言い方の用例を 3～5 個足すと上がります。"
_AGAINST = (
    "書き方・空白・制度名を除くと同じか、ほとんど同じなのに、別の種類に書かれています。どちらかに決めてください。"
)
_SAME = "同じ種類の中で、書き方・空白・制度名を除くと同じか、ほとんど同じ用例です。どちらか一つで足ります。"


def meaning(file: Path) -> str:
    """What belongs into a file of utterances, in the words of its heading; empty where it has none."""
    if not file.is_file():
        return ""
    found = re.search(r"\A# ここに書くもの: ([^。\n]+)", file.read_text(encoding="utf-8"))
    return found[1] if found else ""


def _head(evaluation: Evaluation, unsure: int, against: int) -> str:
    wrong = sum(answer.said != answer.intent for answer in evaluation.answers)
    figures = (
        (_percent(evaluation.accuracy.value), "正しく読めた割合", _interval(evaluation.accuracy)),
        (f"{evaluation.macro_f1:.3f}", "F1 の平均", "種類ごとに同じ重さで"),
        (f"{len(evaluation.answers):,}", "試した用例", f"{len(evaluation.kinds)} 種類、間違い {wrong:,}"),
        (f"{100 * evaluation.calibration_error:.1f}", "自信のずれ", "自信と正しさの差、ポイント"),
        (f"{unsure:,}", "自信の低い文", "自信 50% 未満"),
        (f"{against:,}", "食い違う用例", "組"),
    )
    boxes = "".join(
        f'<div class="figure"><span class="soft">{name}</span><b>{value}</b><span class="soft">{note}</span></div>'
        for value, name, note in figures
    )
    menu = "".join(f'<a href="#{place}">{name}</a>' for place, name in _MENU.items())
    commit = f"、変更 {escape(evaluation.commit)}" if evaluation.commit else ""
    return (
        f'<header><h1>学習の出来</h1><p class="soft">{escape(evaluation.day)}{commit}。用例を五つに分け、'
        "四つで学び、残りの一つで試すことを五回くり返しました。同じ言い方の仲間は、学ぶ側と試す側に分かれません。"
        f'ですから、ここの数字は初めて聞く言い方への強さです。</p><nav class="soft">{menu}</nav></header>'
        f'<div class="figures">{boxes}</div>'
    )


def _section(place: str, title: str, note: str, content: str) -> str:
    return f'<section id="{place}"><h2>{title}</h2><p class="soft">{note}</p>{content}</section>'


def _changes(evaluation: Evaluation, before: Evaluation | None) -> str:
    if before is None:
        return "<p>前の報告はまだありません。次からここに差が出ます。</p>"
    points = 100 * (evaluation.accuracy.value - before.accuracy.value)
    held = f"正しく読めた割合: {_signed(points)} ポイント（{escape(before.day)} から）"
    f1 = {kind.intent: kind.f1.value for kind in before.kinds}
    moved = [(kind.f1.value - f1[kind.intent], kind.intent) for kind in evaluation.kinds if kind.intent in f1]
    moved = sorted((m for m in moved if abs(m[0]) >= 0.005), key=lambda m: -abs(m[0]))
    rows = "".join(f"<tr><td><code>{escape(i)}</code></td><td>{_signed(d, 3)}</td></tr>" for d, i in moved[:10])
    was = {(answer.text, answer.intent): answer for answer in before.answers}
    both = [(a, was[a.text, a.intent]) for a in evaluation.answers if (a.text, a.intent) in was]
    lost = [new for new, old in both if old.said == old.intent and new.said != new.intent]
    won = [new for new, old in both if old.said != old.intent and new.said == new.intent]
    fresh = len(evaluation.answers) - len(both)
    return (
        f"<p>{held}。用例の増えた分: {fresh:,} 文。</p>"
        f"<table><tr><th>F1 の動いた種類</th><th>差</th></tr>{rows}</table>"
        f'<details><summary class="down">間違うようになった文（{len(lost)}）</summary>{_items(lost)}</details>'
        f'<details><summary class="up">正しくなった文（{len(won)}）</summary>{_items(won)}</details>'
    )


def _items(answers: Sequence[Answer]) -> str:
    shown = "".join(
        f"<li>{escape(a.text)} <span class='soft'>{escape(a.intent)} → {escape(a.said)}</span></li>"
        for a in answers[:_MOST_CHANGES]
    )
    return f"<ul>{shown}</ul>{_rest(len(answers), _MOST_CHANGES)}"


def _kinds(kinds: Iterable[Kind], means: dict[str, str]) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(kind.intent)}</code><br>"
        f"<span class='soft means'>{escape(means[kind.intent])}</span></td>"
        f"<td>{_bar(kind.f1)}</td><td class='n'>{kind.utterances}</td><td class='n'>{_percent(kind.recall.value)}<br>"
        f"<span class='soft'>{_interval(kind.recall)}</span></td><td class='n'>{_percent(kind.precision)}</td></tr>"
        for kind in sorted(kinds, key=lambda kind: kind.f1.value)
    )
    head = "<th>種類（ファイル名）</th><th>F1</th><th class='n'>用例</th><th class='n'>見つかった</th>"
    head += "<th class='n'>当たっていた</th>"
    return f"<div class='wide'><table><tr>{head}</tr>{rows}</table></div>"


def _bar(share: Share) -> str:
    width = 150
    low, high, value = (width * part for part in (share.low, share.high, share.value))
    return (
        f"<svg width='{width + 40}' height='22' role='img' aria-label='F1 {share.value:.2f}'>"
        f"<rect x='0' y='7' width='{width}' height='8' rx='4' fill='var(--bar-soft)'/>"
        f"<rect x='0' y='7' width='{value:.1f}' height='8' rx='4' fill='var(--bar)'/>"
        f"<path d='M{low:.1f} 11H{high:.1f}M{low:.1f} 6V16M{high:.1f} 6V16' stroke='var(--ink)' fill='none'/>"
        f"<text x='{width + 8}' y='15'>{share.value:.2f}</text></svg>"
    )


def _matrix(evaluation: Evaluation) -> str:
    names = [kind.intent for kind in evaluation.kinds]
    said = sorted({answer.said for answer in evaluation.answers} - set(names))
    columns = names + said  # what the pipeline says beside the intents: that it did not understand
    count = {(a, b): 0 for a in names for b in columns}
    for answer in evaluation.answers:
        count[answer.intent, answer.said] += 1
    total = {kind.intent: kind.utterances for kind in evaluation.kinds}
    cells = []
    for y, intent in enumerate(names):
        for x, other in enumerate(columns):
            number = count[intent, other]
            if number:
                share = number / total[intent]
                colour = "var(--bar)" if intent == other else "var(--bad)"
                shade = 0.15 + 0.85 * share if intent == other else min(0.2 + 3 * share, 1.0)
                cells.append(
                    f"<rect x='{_MARGIN + x * _CELL}' y='{_MARGIN + y * _CELL}' "
                    f"width='{_CELL - 1}' height='{_CELL - 1}' "
                    f"fill='{colour}' fill-opacity='{shade:.2f}'><title>{escape(intent)} → {escape(other)}: {number} 文"
                    f"（{_percent(share)}）</title></rect>"
                )
    lines = [
        f"<text x='{_MARGIN - 6}' y='{_MARGIN + y * _CELL + 12}' text-anchor='end'>{escape(name)}</text>"
        for y, name in enumerate(names)
    ]
    lines += [
        f"<text transform='translate({_MARGIN + x * _CELL + 12} {_MARGIN - 6}) rotate(-90)'>{escape(name)}</text>"
        for x, name in enumerate(columns)
    ]
    width, height = _MARGIN + len(columns) * _CELL + 4, _MARGIN + len(names) * _CELL + 4
    frame = (
        f"<rect x='{_MARGIN - 1}' y='{_MARGIN - 1}' width='{len(columns) * _CELL + 1}' "
        f"height='{len(names) * _CELL + 1}' "
        "fill='none' stroke='var(--line)'/>"
    )
    return (
        f"<div class='wide'><svg width='{width}' height='{height}' viewBox='0 0 {width} {height}' role='img' "
        "aria-label='取り違えの図。同じ内容が「よくある取り違え」に文であります。'>"
        f"{frame}{''.join(cells)}{''.join(lines)}</svg></div>"
    )


def _pairs(pairs: Sequence[tuple[tuple[str, str], list[Answer]]]) -> str:
    blocks = []
    for (intent, said), answers in pairs[:_MOST_PAIRS]:
        items = "".join(
            f"<li>{escape(a.text)} <span class='soft'>{100 * a.confidence:.0f}</span></li>"
            for a in sorted(answers, key=lambda answer: -answer.confidence)
        )
        blocks.append(
            f"<details><summary><code>{escape(intent)}</code> が <code>{escape(said)}</code> に "
            f"{len(answers)} 文</summary><ul>{items}</ul></details>"
        )
    return "".join(blocks) or "<p>取り違えはありません。</p>"


def _unsure(answers: Sequence[Answer]) -> str:
    rows = "".join(
        f"<tr><td>{escape(a.text)}</td><td><code>{escape(a.intent)}</code></td>"
        f"<td class='{'up' if a.said == a.intent else 'down'}'><code>{escape(a.said)}</code></td>"
        f"<td class='n'>{100 * a.confidence:.0f}%</td></tr>"
        for a in answers[:_MOST_UNSURE]
    )
    head = "<tr><th>文</th><th>正しい種類</th><th>読み取り</th><th class='n'>自信</th></tr>"
    return f"<div class='wide'><table>{head}{rows}</table></div>{_rest(len(answers), _MOST_UNSURE)}"


def _twins(pairs: Sequence[Twins]) -> str:
    if not pairs:
        return "<p>ありません。</p>"
    rows = "".join(
        f"<tr><td>{escape(p.one)}<br><code class='soft'>{escape(p.intents[0])}</code></td>"
        f"<td>{escape(p.other)}<br><code class='soft'>{escape(p.intents[1])}</code></td>"
        f"<td>{'同じ' if p.likeness >= SAME else 'ほぼ同じ'}</td></tr>"
        for p in pairs[:_MOST_TWINS]
    )
    note = f"<p class='soft'>「ほぼ同じ」は、音のうち {ALMOST_SAME:.0f}% 以上が同じものです。</p>"
    return f"<div class='wide'><table>{rows}</table></div>{_rest(len(pairs), _MOST_TWINS)}{note}"


def _rest(total: int, shown: int) -> str:
    return f"<p class='soft'>ほかに {total - shown:,} あります（JSON に全部あります）。</p>" if total > shown else ""


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def _interval(share: Share) -> str:
    return f"{100 * share.low:.0f}～{100 * share.high:.0f}%"


def _signed(value: float, digits: int = 1) -> str:
    kind = "up" if value > 0 else "down" if value < 0 else "soft"
    return f"<b class='{kind}'>{value:+.{digits}f}</b>"
