"""A catalog with thousands of invented programmes beside ours: how does size tell?

    python -m benchmarks.generated var/bench/catalog-10000

Then `MADOGUCHI_CATALOG=var/bench/catalog-10000 make serve` serves it. Every invented programme has a file of its own,
of the length and variety of ours, with names that share words with ours and with each other, as real ones do. Towns,
trades and figures are invented, and say so in their source. What is written depends on the number of programmes only.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import shutil
from pathlib import Path

from madoguchi import catalog

ROOT = Path(__file__).parents[1]
OURS = ROOT / "data/programs"

# Invented: no town of these names is in the documents.
TOWNS = [
    first + second
    for first in ("夕凪", "朝霧", "白鷺", "深緑", "月影", "風待", "星見")
    for second in ("町", "市", "村")
]
TRADES = (
    "木工 縫製 製菓 印刷 養蜂 金型 塗装 造園 製麺 醸造 製紙 染色 鋳造 石材 家具 玩具 楽器 "
    "眼鏡 時計 包装 運送 倉庫 清掃 理容 写真"
)
PURPOSES = (
    "省エネ設備導入 販路拡大 人材育成 事業承継 海外展示会 共同店舗 品質検査 電子商取引 耐震改修 "
    "防災備蓄 創業準備 共同配送 試作開発 商標登録 店舗改装 働き方改善 廃棄物削減 観光連携 "
    "技能継承 経営診断"
)
KINDS = (("subsidy", "補助金"), ("loan", "融資"), ("guarantee", "保証"))
NEEDS = ("funds", "market", "technology")

SOURCE = """
  - id: generated
    title: "大きさを試すための架空の資料"
    short_name: "架空の資料"
    publisher: madoguchi
    published: "2010-10"
    standing: in_force
    ask: shiga_plaza
"""

PROGRAM = """\
id: generated_{number:05}
name: {town}{trade}業{purpose}{ending}
aliases:
  - {town}の{trade}業{purpose}{ending}
  - {trade}業{purpose}{ending}（{town}）
  - {town}{trade}{purpose}
kind: {kind}
needs: [{need}]
source:
  document: generated
  section: {town}の{ending}
  page: {page}
as_of: "2010-10"
checked_on: "2026-11-22"
contacts:
  - contact: shiga_plaza

facts:
  - id: description
    attribute: description
    text: "{town}の{trade}業の方が{purpose}に取り組むときに、費用の{share}を{limit}まで支える架空の制度です。"
  - id: share
    attribute: share
    name: 補助率
    measure: project_cost
    unit: ratio
    value: "1/{parts}"
    printed: "1/{parts}以内"
    bound: max
    headline: true
    aliases: [補助の割合, 何割]
  - id: limit
    attribute: limit
    name: 限度額
    applies_to: [individual_or_company]
    unit: JPY
    value: {limit_yen}
    printed: "{limit_printed}以内"
    bound: max
    headline: true
    aliases: [上限, 最高額]
  - id: limit_cooperative
    attribute: limit
    name: 組合の限度額
    applies_to: [cooperative]
    unit: JPY
    value: {cooperative_yen}
    printed: "{cooperative_printed}以内"
    bound: max
  - id: floor
    attribute: floor
    name: 事業費の下限
    measure: project_cost
    unit: JPY
    value: {floor_yen}
    printed: "{floor_printed}以上"
    bound: min
    aliases: [下限, 最低額]
  - id: term
    attribute: term
    name: 対象になる期間
    unit: years
    value: {years}
    printed: "{years}年以内"
    bound: max
  - id: eligibility
    attribute: eligibility
    text: {town}で{trade}業を営む中小企業者と組合が対象です。
  - id: cooperative
    attribute: eligibility
    applies_to: [cooperative]
    verdict: true
    text: 組合も対象になります。
  - id: before_approval
    attribute: eligibility
    applies_to: [before_approval]
    verdict: false
    text: 承認を受ける前は対象になりません。
  - id: schedule
    attribute: schedule
    text: 毎年一回、春に募集します。
"""


def generate(folder: Path, *, programs: int) -> Path:
    """`folder` with our catalog and so many invented programmes; made anew unless it is there already.

    Raises ValueError for more programmes than there are different names.
    """
    stamp = folder / "generated.sha256"
    wanted = _digest(programs)
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return folder
    combined = list(itertools.islice(itertools.product(PURPOSES.split(), TRADES.split(), TOWNS), programs))
    if len(combined) < programs:
        raise ValueError(f"only {len(combined)} different names can be made")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(OURS, folder)
    sources = folder / "sources.yml"
    sources.write_text(sources.read_text(encoding="utf-8").rstrip() + "\n" + SOURCE, encoding="utf-8")
    for number, (purpose, trade, town) in enumerate(combined):
        # A hundred files a folder, as somebody would keep them
        file = folder / f"generated/{number // 100:03}/generated_{number:05}.yml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_program(number, town=town, trade=trade, purpose=purpose), encoding="utf-8")
    stamp.write_text(wanted, encoding="utf-8")
    return folder


def _program(number: int, *, town: str, trade: str, purpose: str) -> str:
    kind, ending = KINDS[number % len(KINDS)]
    limit, floor = 50 * (1 + number % 37), 10 * (1 + number % 11)  # 万円
    return PROGRAM.format(
        number=number,
        town=town,
        trade=trade,
        purpose=purpose,
        kind=kind,
        ending=ending,
        need=NEEDS[number % len(NEEDS)],
        page=1 + number % 97,
        parts=2 + number % 3,
        limit_yen=limit * 10_000,
        limit_printed=f"{limit:,}万円",
        cooperative_yen=2 * limit * 10_000,
        cooperative_printed=f"{2 * limit:,}万円",
        floor_yen=floor * 10_000,
        floor_printed=f"{floor:,}万円",
        years=1 + number % 9,
        # Citations of the catalog, not ours
        share="{share}",
        limit="{limit}",
    )


def _digest(programs: int) -> str:
    total = hashlib.sha256(f"{programs}\0".encode() + Path(__file__).read_bytes())
    for file in sorted(OURS.rglob("*.yml")):
        total.update(file.read_bytes())
    return total.hexdigest()


def main() -> None:
    """Write the catalog and load it once, so that what is wrong with it shows here."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generated", description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--programs", type=int, default=10_000)
    options = parser.parse_args()
    loaded = catalog.load(generate(options.folder, programs=options.programs))
    print(f"{options.folder}: {len(loaded.programs):,} programmes, {len(list(loaded.facts())):,} facts")


if __name__ == "__main__":
    main()
