"""Which addresses are fetched, however they are written and whatever they resolve to."""

import pytest

from analysis.collect import Client, Guard
from analysis.collect.errors import Refused
from tests.loopback import Reply

PUBLIC = "93.184.216.34"


def guard_of(*numbers, allow_local=False):
    return Guard(allow_local, resolve=lambda host, port: list(numbers))


@pytest.mark.parametrize(
    "url",
    ["https://www.gazzetta.it/rss/calcio.xml", "http://example.org", "https://example.org:443/x?y=1", "HTTPS://EXAMPLE.ORG/",
     f"http://{PUBLIC}/", "http://[2606:2800:220:1::1]/", "https://münchen.example/", "http://[::ffff:93.184.216.34]/",
     "http://[64:ff9b::5db8:d822]/"],
)  # fmt: skip
def test_a_public_address_is_let_through(url):
    assert guard_of(PUBLIC).check(url)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "javascript:alert(1)", "data:text/html,x",
     "//example.org/", "example.org", "", "http://", "http:///x", "http://user@example.org/", "http://a:b@example.org/",
     "http://example.org:22/", "https://example.org:80/", "http://example.org:8080/", "http://example.org:0/",
     "http://exa mple.org/", "http://example.org\\@127.0.0.1/", "http://example.org/" + "a" * 5000, "http://[::1",
     "http://example.org\n.evil.example/", "http://\u2100.example\x00/"],
)  # fmt: skip
def test_anything_but_a_plain_web_address_is_refused(url):
    with pytest.raises(Refused):
        guard_of(PUBLIC).check(url)


INNER_NUMBERS = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "100.100.100.200", "192.0.0.192", "198.18.0.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "168.63.129.16", "192.88.99.1", "203.0.113.7", "::", "::1", "fe80::1", "fec0::1", "fc00::1",
    "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2001::1", "2001:db8::1", "3fff::1", "5f00::1", "100::1",
]  # fmt: skip


@pytest.mark.parametrize("number", INNER_NUMBERS)
def test_no_inner_address_is_fetched_written_out(number):
    with pytest.raises(Refused):
        guard_of(PUBLIC).check(f"http://[{number}]/" if ":" in number else f"http://{number}/")


@pytest.mark.parametrize("number", INNER_NUMBERS)
def test_no_name_that_resolves_to_an_inner_address_is_connected_to(number):
    with pytest.raises(Refused, match="not a public address"):
        guard_of(PUBLIC, number).addresses("paper.example", 80)


def test_a_name_with_a_zone_is_refused():
    with pytest.raises(Refused):
        guard_of("fe80::1%eth0").addresses("paper.example", 80)


@pytest.mark.parametrize(
    "host",
    ["2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "127.1", "127.0.1", "017700000001", "0x7F.1", "127.0.0.1.",
     "1.1.1.256", "08.8.8.8", "paper.example.0x7f", "①②⑦.⓪.⓪.①", "127。0。0。1", "localhost", "LOCALHOST.", "intranet",
     "printer.local", "db.internal", "a.localhost", "router.lan", "x.home.arpa", "[::1%25lo]", "[::ffff:7f00:1]",
     "[0:0:0:0:0:ffff:127.0.0.1]"],
)  # fmt: skip
def test_odd_spellings_of_inner_addresses_are_refused(host):
    with pytest.raises(Refused):
        Guard(resolve=lambda host, port: pytest.fail("was resolved")).check(f"http://{host}/")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8123/x", "http://localhost/", "http://192.168.1.5/", "http://[::1]:9/"]
)
def test_local_addresses_are_let_through_where_they_are_allowed(url):
    assert guard_of("127.0.0.1", allow_local=True).check(url)


@pytest.mark.parametrize("number", ["169.254.169.254", "fe80::1", "224.0.0.1", "0.0.0.0", "240.0.0.1", "fec0::1"])
def test_metadata_and_multicast_stay_refused_even_then(number):
    with pytest.raises(Refused):
        guard_of(number, allow_local=True).addresses("paper.example", 80)


def test_the_connection_goes_to_the_address_that_was_checked(loopback):
    """A name server that changes its mind (rebinding) is asked once for each connection, and believed only then."""
    loopback.at("/page", Reply(b"hello"))
    answers = [["127.0.0.1"], ["169.254.169.254"]]
    guard = Guard(allow_local=True, resolve=lambda host, port: answers.pop(0))
    with Client(guard, pause=0) as client:
        url = loopback.url("/page", host="paper.example")
        assert client.get(url, robots=False).body == b"hello"
        assert loopback.asked("/page")[0].headers["host"] == f"paper.example:{loopback.port}"
    assert answers == [["169.254.169.254"]]


def test_a_name_that_turns_inward_between_two_connections_is_refused(loopback):
    loopback.at("/page", Reply(b"hello", headers={"Connection": "close"}))
    answers = [["127.0.0.1"], ["169.254.169.254"]]
    guard = Guard(allow_local=True, resolve=lambda host, port: answers.pop(0))
    with Client(guard, pause=0) as client:
        url = loopback.url("/page", host="paper.example")
        client.get(url, robots=False)
        with pytest.raises(Refused):
            client.get(url, robots=False)


def test_a_local_server_is_refused_unless_allowed_and_never_asked(loopback):
    loopback.at("/page", Reply(b"secret"))
    with Client(Guard(), pause=0) as client, pytest.raises(Refused):
        client.get(loopback.url("/page"))
    assert loopback.requests == []


def test_environment_proxies_are_not_used(loopback, monkeypatch, client):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    loopback.at("/page", Reply(b"straight"))
    with Client(Guard(allow_local=True), pause=0) as fresh:
        assert fresh.get(loopback.url("/page"), robots=False).body == b"straight"
