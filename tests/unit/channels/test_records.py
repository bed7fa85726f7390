"""madoguchi.channels.records: turns are kept, and what is deleted is in no file any longer."""

from __future__ import annotations

import random
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from madoguchi.channels import records as module
from madoguchi.channels.records import DAY, Records

NOW = 1_800_000_000.0


@pytest.fixture
def records(tmp_path: Path) -> Records:
    return Records(tmp_path / "conversations.db")


def add(records: Records, name: str, *words: str, at: float = NOW) -> None:
    for word in words:
        records.append(name, at=at, state="[]", events=word)


def files_hold(folder: Path, word: str) -> bool:
    """Whether any file of the database has the word in it, in whatever state."""
    return any(word.encode() in file.read_bytes() for file in folder.iterdir())


def test_最後の回と_すべての回を読める(records: Records) -> None:
    assert records.last("a") is None
    assert not records.has("a")
    records.append("a", at=NOW, state="[]", events='["一"]')
    records.append("b", at=NOW, state="[]", events='["ほか"]')
    records.append("a", at=NOW, state='["前"]', events='["二"]')
    assert records.last("a") == ('["前"]', '["二"]')
    assert records.all("a") == ['["一"]', '["二"]']
    assert records.names() == ["a", "b"]
    assert records.has("b")


def test_書けない文字も_会話の名になる(records: Records) -> None:
    add(records, "\ud800", "\ud800")
    assert records.last("\ud800") == ("[]", "?")
    assert records.delete("\ud800")


def test_ほかの人には読めないファイルに書く(records: Records, tmp_path: Path) -> None:
    add(records, "a", "一")
    assert {file.stat().st_mode & 0o077 for file in tmp_path.iterdir()} == {0}


def test_消した会話はどのファイルにも残らない(records: Records, tmp_path: Path) -> None:
    add(records, "けす人", *(f"ひみつ{n}" * 3_000 for n in range(20)))  # longer than a page of the database
    add(records, "のこす人", "のこるもの")
    records.scrub()
    add(records, "けす人", "ひみつの追記")  # stands in the write-ahead log only
    assert files_hold(tmp_path, "ひみつ")
    assert records.delete("けす人")
    assert not records.delete("けす人")
    assert not records.has("けす人")
    records.scrub()
    assert not files_hold(tmp_path, "ひみつ")
    assert not files_hold(tmp_path, "けす人")
    assert records.all("のこす人") == ["のこるもの"]


@pytest.mark.parametrize("seed", range(3))
def test_どんな順に書いて消しても残らない(records: Records, tmp_path: Path, seed: int) -> None:
    """Deleted rows are overwritten where they stood; pages are split and joined on the way."""
    chance = random.Random(seed)
    kept: set[int] = set()
    for number in range(400):
        mark = f"しるし{number:04}お"
        add(records, mark, *(mark * chance.choice([1, 9, 90, 900]) for _ in range(chance.randint(1, 4))))
        kept.add(number)
        if chance.random() < 0.5:
            gone = chance.choice(sorted(kept))
            kept.remove(gone)
            records.delete(f"しるし{gone:04}お")
        if chance.random() < 0.05:
            records.scrub()
    records.scrub()
    left = "".join(file.read_bytes().decode(errors="replace") for file in tmp_path.iterdir())
    assert {n for n in range(400) if f"しるし{n:04}お" in left} == kept


def test_古い会話だけを忘れる(records: Records, tmp_path: Path) -> None:
    for number in range(50):
        add(records, f"古い{number:02}", "むかしの話", at=NOW - 91 * DAY)
    add(records, "つづき", "むかしの始まり", at=NOW - 100 * DAY)
    add(records, "つづき", "さいきんの話", at=NOW - 89 * DAY)
    assert records.forget(days=90, now=NOW) == 50
    assert records.names() == ["つづき"]
    assert not files_hold(tmp_path, "むかしの話")
    assert files_hold(tmp_path, "むかしの始まり")
    assert records.forget(days=90, now=NOW) == 0


def test_開くと忘れはじめ_毎日くり返す(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ROUND", 0.01)
    add(records, "古い", "むかし", at=time.time() - 91 * DAY)
    records.keep_clean(days=90)
    wait_until(lambda: not records.has("古い"))
    add(records, "古い", "またむかし", at=time.time() - 91 * DAY)
    time.sleep(0.1)
    assert records.has("古い")  # not at every round
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + DAY)
    wait_until(lambda: not records.has("古い"))


def test_ログは長くならない(records: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ROUND", 0.01)
    add(records, "a", *("長い話" * 100_000 for _ in range(10)))
    log = tmp_path / "conversations.db-wal"
    assert log.stat().st_size > 2 * module._LOG_SIZE
    records.keep_clean(days=90)
    wait_until(lambda: log.stat().st_size == 0)
    assert len(records.all("a")) == 10


def wait_until(done) -> None:
    for _ in range(1_000):
        if done():
            return
        time.sleep(0.01)
    pytest.fail("それは起きませんでした")


TURNS = """
CREATE TABLE turns (
    conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    said TEXT
)
"""


def test_会話を指す表の行もいっしょに消える(records: Records, tmp_path: Path) -> None:
    """The widget's turns, say: the promise that the module's docstring makes."""
    add(records, "a", "一")
    with records.change() as connection:
        connection.execute(TURNS)
        (number,) = connection.execute("SELECT id FROM conversations WHERE name = 'a'").fetchone()
        connection.execute("INSERT INTO turns VALUES (?, 'そえた言葉')", (number,))
    assert files_hold(tmp_path, "そえた言葉")
    records.delete("a")
    records.scrub()
    assert not files_hold(tmp_path, "そえた言葉")
    with pytest.raises(sqlite3.IntegrityError), records.change() as connection:
        connection.execute("INSERT INTO turns VALUES (?, 'おそすぎた言葉')", (number,))


def test_途中で失敗した変更は何も残さない(records: Records) -> None:
    with pytest.raises(sqlite3.IntegrityError), records.change() as connection:
        connection.executemany("INSERT INTO conversations (name, at) VALUES ('a', ?)", [(0,), (0,)])
    assert not records.has("a")
    add(records, "a", "一")


def test_いくつもの糸から同時に書ける(records: Records) -> None:
    def talk(name: str) -> None:
        for number in range(50):
            add(records, name, str(number))
            if number == 25:
                records.scrub()

    threads = [threading.Thread(target=talk, args=(f"人{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [records.all(f"人{n}") for n in range(4)] == [[str(n) for n in range(50)]] * 4


def test_Rasaの保存先だったファイルは_中身を消して使う(tmp_path: Path) -> None:
    file = tmp_path / "conversations.db"
    old = sqlite3.connect(file)
    old.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, data TEXT)")
    old.execute("INSERT INTO events VALUES (1, 'a', 'むかしの会話')")
    old.commit()
    old.close()
    records = Records(file)
    assert records.names() == []
    assert not files_hold(tmp_path, "むかしの会話")
    add(records, "a", "一")


def test_新しい版のファイルや_ほかのファイルは開かない(tmp_path: Path) -> None:
    newer = sqlite3.connect(tmp_path / "newer.db")
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(sqlite3.DatabaseError, match="newer"):
        Records(tmp_path / "newer.db")
    (tmp_path / "other.db").write_text("会話ではない" * 100, encoding="utf-8")
    with pytest.raises(sqlite3.DatabaseError):
        Records(tmp_path / "other.db")
