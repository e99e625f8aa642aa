"""Which addresses may be fetched: http(s) to public addresses, and nothing else.

An address is looked at twice. `Guard.check` reads it as written, before anything is sent, and again after every
redirect. `Guard.addresses` turns a host into the numbers it resolves to and refuses it if any of them is not public;
the connection then goes to one of those very numbers (transport.py), so that no second answer of the name server can
lead elsewhere.
"""

import ipaddress
import re
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue

import httpx

from analysis.collect.errors import Refused, TooSlow, Unreachable, shown
from analysis.store.addresses import LONGEST

PORTS = {"http": 80, "https": 443}
"""A port other than its scheme's own is refused: what listens there is seldom a newspaper."""
RESOLVE_SECONDS = 10.0
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NUMBER = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)", re.IGNORECASE)
_INNER_NAMES = (
    "localhost",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "home.arpa",
    "onion",
)
_NETWORKS = (
    # Private, shared, loopback, link-local, protocol, documentation, relay, benchmark, multicast and reserved
    # addresses of the IANA special-purpose registries; then metadata services at addresses that look public.
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
    "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
    "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
    "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
)  # fmt: skip
_INNER = tuple(ipaddress.ip_network(network) for network in _NETWORKS)
_PUBLIC_V6 = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LOCAL = tuple(
    ipaddress.ip_network(network)
    for network in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
)


def resolve(host: str, port: int) -> list[str]:
    """Numeric addresses of `host`. Raises Unreachable or, after RESOLVE_SECONDS, TooSlow."""
    answers: SimpleQueue = SimpleQueue()
    # The system's resolver cannot be told to hurry; a thread that nobody waits for can be left behind.
    threading.Thread(target=_resolve, args=(host, port, answers), daemon=True).start()
    try:
        found = answers.get(timeout=RESOLVE_SECONDS)
    except Empty:
        raise TooSlow(f"the name server did not answer for {shown_host(host)} in {RESOLVE_SECONDS:g} s") from None
    if isinstance(found, Exception):
        raise Unreachable(f"no address is known for {shown_host(host)}") from found
    return found


def _resolve(host: str, port: int, answers: SimpleQueue) -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        answers.put(list(dict.fromkeys(address[0] for *_, address in found)))
    except (OSError, UnicodeError) as error:
        answers.put(error)


def shown_host(host: str) -> str:
    """`host` as messages may show it."""
    return host if len(host) <= 80 else host[:79] + "…"


def is_public(address: Address) -> bool:
    """Whether `address` is one that anybody on the internet may reach, also where it wraps another."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.scope_id or address not in _PUBLIC_V6:
            return False
    return not any(address in network for network in _INNER if network.version == address.version)


def is_local(address: Address) -> bool:
    """Whether `address` is this machine's or a private network's; link-local (metadata) addresses are not."""
    plain = getattr(address, "ipv4_mapped", None) or address
    return any(plain in network for network in _LOCAL if network.version == plain.version)


@dataclass(frozen=True)
class Guard:
    """Says which addresses may be fetched.

    `allow_local` also lets through this machine and private networks, names without a dot and any port, for trying
    things out; link-local, metadata, multicast and reserved addresses stay refused.
    """

    allow_local: bool = False
    resolve: Callable[[str, int], list[str]] = resolve

    def check(self, url: str | httpx.URL) -> httpx.URL:
        """`url` read as the transport will read it. Raises Refused, with the reason, where it may not be fetched."""
        address = _read(url)
        if address.scheme not in PORTS:
            raise Refused(f"{shown(url)} is refused: only http and https are fetched")
        if address.userinfo:
            raise Refused(f"{shown(url)} is refused: an address with a user or password in it")
        if not address.host:
            raise Refused(f"{shown(url)} is refused: it names no host")
        if address.port not in (None, PORTS[address.scheme]) and not self.allow_local:
            raise Refused(f"{shown(url)} is refused: port {address.port} is not the one of {address.scheme}")
        self._check_host(address.raw_host.decode("ascii"))
        return address

    def _check_host(self, host: str) -> None:
        plain = host.rstrip(".").lower()
        number = _as_number(plain)
        if number is not None:
            self._check_number(number, host)
        elif not self.allow_local and ("." not in plain or plain.endswith(_INNER_NAMES)):
            raise Refused(f"{shown_host(host)} is refused: it is no name of the public internet")

    def _check_number(self, number: Address, host: str) -> None:
        if not is_public(number) and not (self.allow_local and is_local(number)):
            raise Refused(f"{shown_host(host)} is refused: {number} is not a public address")

    def addresses(self, host: str, port: int) -> list[str]:
        """The numbers of `host` that a connection may go to. Raises Refused if any of them is not allowed."""
        self._check_host(host)
        found = self.resolve(host, port)
        if not found:
            raise Unreachable(f"no address is known for {shown_host(host)}")
        for number in found:
            self._check_number(ipaddress.ip_address(number), host)
        return found


def _read(url: str | httpx.URL) -> httpx.URL:
    if len(str(url)) > LONGEST:
        raise Refused(f"{shown(url)} is refused: longer than {LONGEST} characters")
    try:
        address = httpx.URL(url)
        address.raw_host.decode("ascii")
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise Refused(f"{shown(url)} is refused: it cannot be read as an address") from error
    return address


def _as_number(host: str) -> Address | None:
    """The address that `host` writes out, None for a name. Raises Refused for odd spellings of numbers.

    Systems read 2130706433, 0x7f.1 and 0177.0.0.1 as addresses; a host whose last part is a number is no name.
    """
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        if _NUMBER.fullmatch(host.rpartition(".")[2]) or ":" in host or "%" in host:
            raise Refused(f"{shown_host(host)} is refused: an odd spelling of a numeric address") from None
        return None
