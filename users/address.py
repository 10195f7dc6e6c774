"""The network address that a request comes from, for limits."""

from ipaddress import IPv4Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# One subscriber is usually given a network of this size, not a single address.
IPV6_PREFIX = 64


def client_address(request: HttpRequest) -> str:
    """Return the visitor's address, or the network it belongs to under IPv6.

    Every proxy appends to ``X-Forwarded-For`` the address that it was asked from. So
    the last ``TRUSTED_PROXIES`` entries come from proxies of ours, and whatever stands
    before them is what the visitor claims.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    trusted = settings.TRUSTED_PROXIES
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    if 0 < trusted <= len(forwarded):
        return _network(forwarded[-trusted].strip()) or _network(peer)
    return _network(peer)


def _network(text: str) -> str:
    """Return the network that counts as one address, "" for an invalid address."""
    try:
        address = ip_address(text)
    except ValueError:
        return ""
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((address, IPV6_PREFIX), strict=False).network_address)
