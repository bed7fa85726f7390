"""madoguchi.forget: the command that deletes conversations, beside a server that may run."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from madoguchi import forget
from madoguchi.channels import records
from madoguchi.channels.records import DAY, Records

ENDPOINTS = "tracker_store:\n  type: x\n  db: talk.db\n  keep_days: 30\n"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Records:
    """Conversations of 40, 20 and no days, in the folder where the command runs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(records.VARIABLE, raising=False)
    (tmp_path / "endpoints.yml").write_text(ENDPOINTS)
    kept = Records(tmp_path / "talk.db")
    for name, age in [("ふるい", 40), ("まえの", 20), ("いまの", 0)]:
        kept.append(name, at=time.time() - age * DAY, state="[]", events=f"{name}話")
    return kept


@pytest.mark.parametrize(
    ("arguments", "left"),
    [
        ([], ["まえの", "いまの"]),
        (["--days", "10"], ["いまの"]),
        (["--days", "0"], []),
        (["--conversation", "まえの"], ["ふるい", "いまの"]),
        (["--conversation", "いない人"], ["ふるい", "まえの", "いまの"]),
    ],
)
def test_頼まれた会話だけが消える(
    kept: Records, tmp_path: Path, arguments: list[str], left: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert forget.main(arguments) == 0
    assert kept.names() == left
    assert f"{3 - len(left)} 件" in capsys.readouterr().out
    everything = b"".join(file.read_bytes() for file in tmp_path.glob("talk.db*")).decode(errors="replace")
    assert [name for name in ("ふるい", "まえの", "いまの") if f"{name}話" in everything] == left


def test_ほかのファイルを環境変数で指せる(kept: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(records.VARIABLE, str(tmp_path / "nothing.db"))
    assert forget.main(["--days", "0"]) == 0
    assert len(kept.names()) == 3
    assert not (tmp_path / "nothing.db").exists()


@pytest.mark.parametrize(
    "text", ["", "tracker_store:\n  type: SQL\n", "tracker_store:\n  db: x\n  keep_days: たくさん\n"]
)
def test_設定がないときは何を書くかを言う(
    kept: Records, tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "endpoints.yml").write_text(text, encoding="utf-8")
    assert forget.main([]) == 1
    assert "keep_days" in capsys.readouterr().err


def test_会話のファイルでないものは消さない(kept: Records, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "endpoints.yml").write_text(ENDPOINTS.replace("talk.db", "endpoints.yml"))
    before = (tmp_path / "endpoints.yml").read_text()
    assert forget.main([]) == 1
    assert "消せませんでした" in capsys.readouterr().err
    assert (tmp_path / "endpoints.yml").read_text() == before


@pytest.mark.parametrize("days", ["-1", "nan", "inf", "たくさん"])
def test_日数でないものは断る(kept: Records, days: str) -> None:
    with pytest.raises(SystemExit):
        forget.main([f"--days={days}"])
    assert len(kept.names()) == 3
