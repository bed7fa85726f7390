"""benchmarks.conversations: the written conversations in other writings."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.conversations import main, outcomes
from madoguchi.terminal import Advice


@pytest.mark.parametrize(
    ("cases", "expected"),
    [
        ("<testcase/><testcase/>", (2, 2)),
        (
            "<testcase><failure/></testcase><testcase/><testcase><error/></testcase><testcase><skipped/></testcase>",
            (1, 4),
        ),
    ],
)
def test_通った会話を数える(cases: str, expected: tuple[int, int], tmp_path: Path) -> None:
    file = tmp_path / "junit.xml"
    file.write_text(f"<testsuites><testsuite>{cases}</testsuite></testsuites>", encoding="utf-8")
    assert outcomes(file) == expected


def test_会話が一つもなければそう言う(tmp_path: Path) -> None:
    with pytest.raises(Advice, match="did not run"):
        outcomes(tmp_path / "nowhere.xml")
    (tmp_path / "junit.xml").write_text("<testsuites/>", encoding="utf-8")
    with pytest.raises(Advice, match="did not run"):
        outcomes(tmp_path / "junit.xml")


def test_知らない書き方は_名を挙げて断る(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only", "kana,klingon"]) == 1
    assert "klingon" in capsys.readouterr().err
