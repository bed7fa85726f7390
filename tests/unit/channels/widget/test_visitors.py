"""madoguchi.channels.widget.visitors: who asks, and who only says so."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from madoguchi.channels.widget.visitors import is_proxy, visitor

PROXIES = [ip_network("10.0.0.0/8"), ip_network("fd00::/8")]

CASES = {
    "直に来た": ("203.0.113.9", [], "203.0.113.9"),
    "直に来て別人を名乗る": ("203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
    "代理が伝えた": ("10.0.0.2", ["203.0.113.9"], "203.0.113.9"),
    "代理の前で書き足した": ("10.0.0.2", ["198.51.100.1, 203.0.113.9"], "203.0.113.9"),
    "見出しを二つに分けた": ("10.0.0.2", ["198.51.100.1", "203.0.113.9"], "203.0.113.9"),
    "代理の番地を名乗る": ("10.0.0.2", ["10.9.9.9, 203.0.113.9"], "203.0.113.9"),
    "代理が二段": ("10.0.0.2", ["203.0.113.9, 10.0.0.3"], "203.0.113.9"),
    "番地でないもの": ("10.0.0.2", ["203.0.113.9, <script>"], "10.0.0.2"),
    "番地でないものの右": ("10.0.0.2", ["<script>, 203.0.113.9"], "203.0.113.9"),
    "空の見出し": ("10.0.0.2", [""], "10.0.0.2"),
    "代理だけ": ("10.0.0.2", ["10.0.0.3"], "10.0.0.3"),
    "IPv6は一軒ごと": ("2001:db8:1:2:3:4:5:6", [], "2001:db8:1:2::/64"),
    "IPv6の代理": ("fd00::1", ["2001:db8:1:2::9"], "2001:db8:1:2::/64"),
    "IPv6で書いたIPv4": ("::ffff:203.0.113.9", [], "203.0.113.9"),
    "IPv6で書いた代理": ("::ffff:10.0.0.2", ["203.0.113.9"], "203.0.113.9"),
    "番地のない相手": ("unix", ["203.0.113.9"], "unix"),
}


@pytest.mark.parametrize(("peer", "headers", "expected"), CASES.values(), ids=CASES.keys())
def test_数えるのは確かな番地(peer: str, headers: list[str], expected: str) -> None:
    assert visitor(peer, headers, proxies=PROXIES) == expected


def test_代理を書かなければ誰の伝言も信じない() -> None:
    assert visitor("127.0.0.1", ["203.0.113.9"], proxies=[]) == "127.0.0.1"
    assert not is_proxy("127.0.0.1", proxies=[])


def test_代理とは書かれた範囲の番地() -> None:
    assert is_proxy("10.255.0.1", proxies=PROXIES)
    assert not is_proxy("11.0.0.1", proxies=PROXIES)
    assert not is_proxy("", proxies=PROXIES)
