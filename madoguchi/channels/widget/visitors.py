"""Which address a request comes from, when a proxy may stand between."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network
# One household or office gets a /64 of IPv6 (RFC 6177), and every address in it for nothing.
HOUSEHOLD = 64


def visitor(peer: str, forwarded_for: Sequence[str], *, proxies: Sequence[Network]) -> str:
    """The address that counts for limits: the peer's, or the one that our own proxies vouch for.

    `forwarded_for` are the X-Forwarded-For headers as they came. Each proxy adds on the right the address that spoke to
    it, so what stands left of the first address that is no proxy of ours is the visitor's own invention.

    >>> ours = [ip_network("10.0.0.0/8")]
    >>> visitor("203.0.113.9", ["198.51.100.1"], proxies=ours)
    '203.0.113.9'
    >>> visitor("10.0.0.2", ["198.51.100.1, 203.0.113.9, 10.0.0.3"], proxies=ours)
    '203.0.113.9'
    >>> visitor("2001:db8::1:2:3:4", [], proxies=ours)
    '2001:db8::/64'
    """
    nearest = _address(peer)
    if nearest is None:
        return peer
    hops = [hop for header in forwarded_for for hop in header.split(",")]
    while _among(nearest, proxies) and hops:
        further = _address(hops.pop())
        if further is None:
            break  # a proxy that writes no address ("unknown") hides whom it speaks for
        nearest = further
    if isinstance(nearest, IPv6Address):
        return str(ip_network((nearest, HOUSEHOLD), strict=False))
    return str(nearest)


def is_proxy(peer: str, *, proxies: Sequence[Network]) -> bool:
    """Whether what this peer says about its visitors is believed."""
    address = _address(peer)
    return address is not None and _among(address, proxies)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    # ::ffff:203.0.113.9 is how a socket for both families names an IPv4 visitor
    return getattr(address, "ipv4_mapped", None) or address


def _among(address: IPv4Address | IPv6Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks)
