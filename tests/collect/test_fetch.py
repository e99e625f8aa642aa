"""Fetching from a server that behaves as real ones do."""

import gzip
import socket
import threading
import time
import zlib
from contextlib import suppress

import pytest

from analysis.collect import Client, Guard
from analysis.collect.errors import (
    BadStatus,
    Disallowed,
    Refused,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    Unreachable,
    Unreadable,
    WrongType,
    shown,
)
from analysis.collect.fetch import FEED, PAGE, Bounds
from tests.loopback import Reply, gigabyte, redirect


def fails(client, url, kind, **options):
    with pytest.raises(kind) as caught:
        client.get(url, robots=False, **options)
    return caught.value


def test_a_page_comes_with_its_type_and_marks(loopback, client):
    url = loopback.at("/page", Reply("perché", etag='"a"', modified="Fri, 06 Dec 2024 10:00:00 GMT"))
    answer = client.get(url)
    assert (answer.body.decode(), answer.url) == ("perché", url)
    assert (answer.etag, answer.modified) == ('"a"', "Fri, 06 Dec 2024 10:00:00 GMT")
    assert "Panchina" in loopback.asked("/page")[0].headers["user-agent"]


@pytest.mark.parametrize("mark", [{"etag": '"a"'}, {"modified": "Fri, 06 Dec 2024 10:00:00 GMT"}])
def test_what_did_not_change_is_not_sent_again(loopback, client, mark):
    url = loopback.at("/page", Reply("long", **mark))
    assert client.get(url, **mark).is_same


def test_an_unasked_304_is_an_error(loopback, client):
    assert fails(client, loopback.at("/page", Reply(status=304)), BadStatus).status == 304


PACKED = {
    "gzip": gzip.compress(b"body" * 999),
    "x-gzip": gzip.compress(b"body" * 999),
    "deflate": zlib.compress(b"body" * 999),
    "Deflate": zlib.compress(b"body" * 999)[2:-4],
    "GZIP": gzip.compress(b"body" * 500) + gzip.compress(b"body" * 499),
    "identity": b"body" * 999,
}


@pytest.mark.parametrize("encoding", PACKED)
def test_packed_bodies_are_unpacked(loopback, client, encoding):
    url = loopback.at("/page", Reply(PACKED[encoding], headers={"Content-Encoding": encoding}))
    assert client.get(url, robots=False).body == b"body" * 999


@pytest.mark.parametrize(
    ("encoding", "body"),
    [("gzip", b"not packed at all"), ("gzip", gzip.compress(b"x" * 9999)[:-20]), ("br", b"x"),
     ("gzip, gzip", gzip.compress(gzip.compress(b"x"))), ("deflate", b"\xff\xff\xff")],
)  # fmt: skip
def test_bodies_packed_otherwise_or_broken_are_named(loopback, client, encoding, body):
    fails(client, loopback.at("/page", Reply(body, headers={"Content-Encoding": encoding})), Unreadable)


def bomb(megabytes):
    """That many megabytes, packed a thousand to one."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*(packer.compress(bytes(2**20)) for _ in range(megabytes)), packer.flush()])


@pytest.mark.parametrize("body", [bomb(200), gzip.compress(b"") * 30_000], ids=["bomb", "empty members"])
def test_decompression_bombs_end_early(loopback, client, body):
    fails(client, loopback.at("/page", Reply(body, headers={"Content-Encoding": "gzip"})), TooLarge)


def test_a_body_of_a_gigabyte_ends_early(loopback, client):
    sent = []
    fails(client, loopback.at("/page", Reply(sent.append(1) or piece for piece in gigabyte())), TooLarge)
    assert len(sent) < 20


@pytest.mark.parametrize(
    "reply",
    [Reply(iter([b"x"] * 99), pause=0.1), Reply(iter([b"x"] * 3), pause=0.9),
     lambda request: time.sleep(0.9) or Reply(b"late")],
    ids=["drip", "stall", "late"],
)  # fmt: skip
def test_slow_answers_are_given_up(loopback, client, reply):
    start = time.monotonic()
    fails(client, loopback.at("/page", reply), TooSlow, attempts=1)
    assert time.monotonic() - start < 5


def test_a_header_that_drips_is_given_up(client):
    def serve():
        connection, _ = listener.accept()
        with connection, suppress(OSError):
            for _ in range(100):
                connection.sendall(b"H")
                time.sleep(0.1)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, daemon=True).start()
        fails(client, f"http://127.0.0.1:{listener.getsockname()[1]}/", TooSlow, attempts=1)


@pytest.mark.parametrize(
    "reply",
    [Reply(b"half", promised=1000), Reply(raw=b"no HTTP at all\r\n\r\n"), Reply(raw=b"HTTP/1.1 200 OK\r\n"),
     Reply(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nx"),
     Reply(raw=b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000)],
    ids=["cut", "garbage", "no end", "cut piece", "endless header"],
)  # fmt: skip
def test_broken_connections_are_tried_again_and_named(loopback, client, reply, naps):
    error = fails(client, loopback.at("/page", reply), Unreachable)
    assert "connection failed" in str(error)
    assert len(loopback.asked("/page")) == 3
    assert len(naps) == 2


def test_a_closed_port_is_named(client):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    fails(client, f"http://127.0.0.1:{port}/", Unreachable)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429, 408])
def test_passing_errors_are_tried_again(loopback, client, status, naps):
    url = loopback.at("/page", Reply(status=status), Reply(status=status), Reply(b"now"))
    assert client.get(url, robots=False).body == b"now"
    assert len(naps) == 2
    assert naps[1] > naps[0] >= 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 501, 204, 206])
def test_lasting_errors_are_not(loopback, client, status):
    assert fails(client, loopback.at("/page", Reply(status=status)), BadStatus).status == status
    assert len(loopback.asked("/page")) == 1


def test_a_wait_that_the_server_asks_for_is_kept(loopback, client, naps):
    url = loopback.at("/page", Reply(status=429, headers={"Retry-After": "17"}), Reply(b"now"))
    client.get(url, robots=False)
    assert naps == [17]


def test_a_wait_until_a_moment_is_kept(loopback, client, naps):
    later = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 30))
    url = loopback.at("/page", Reply(status=503, headers={"Retry-After": later}), Reply(b"now"))
    client.get(url, robots=False)
    assert 20 < naps[0] <= 31


def test_a_wait_too_long_is_told_instead(loopback, client, naps):
    error = fails(client, loopback.at("/page", Reply(status=429, headers={"Retry-After": "3600"})), BadStatus)
    assert error.wait == 3600
    assert naps == []


@pytest.mark.parametrize("value", ["soon", "-5", "", "1e9", "Mon, 99 Foo 2024"])
def test_a_wait_that_says_nothing_is_passed_over(loopback, client, value, naps):
    url = loopback.at("/page", Reply(status=503, headers={"Retry-After": value}), Reply(b"now"))
    assert client.get(url, robots=False).body == b"now"
    assert naps[0] < 5


def test_redirects_are_followed_to_the_address_they_lead_to(loopback, client):
    loopback.at("/end", Reply(b"here"))
    url = loopback.at("/start", redirect("/middle", 301))
    loopback.at("/middle", redirect(loopback.url("/end"), 308))
    assert client.get(url, robots=False)[:2] == (loopback.url("/end"), b"here")


def test_a_loop_of_redirects_ends(loopback, client):
    loopback.at("/a", redirect("/b"))
    loopback.at("/b", redirect("/a"))
    assert "loop" in str(fails(client, loopback.url("/a"), TooManyRedirects))


def test_redirects_without_end_end(loopback, client):
    for step in range(20):
        loopback.at(f"/{step}", redirect(f"/{step + 1}"))
    fails(client, loopback.url("/0"), TooManyRedirects)
    assert len(loopback.requests) == 6


@pytest.mark.parametrize(
    "to",
    ["http://169.254.169.254/latest/meta-data/", "file:///etc/passwd", "http://0x7f000001/", "http://user:pw@127.0.0.1/",
     "javascript:alert(1)", "http://[fe80::1]/", "http://[::", "//169.254.169.254/"],
)  # fmt: skip
def test_a_redirect_to_what_is_never_fetched_is_refused(loopback, client, to):
    fails(client, loopback.at("/page", redirect(to)), Refused)


class OneLocalHost(Guard):
    """As on the open internet, but for one name, behind which the loopback server stands."""

    def check(self, url):
        return Guard(allow_local=True).check(url) if "paper.example" in str(url) else super().check(url)

    def addresses(self, host, port):
        return ["127.0.0.1"] if host == "paper.example" else super().addresses(host, port)


@pytest.mark.parametrize(
    "to", ["http://127.0.0.1/", "http://10.0.0.1/", "http://localhost/", "http://[::1]/", "http://2130706433/"]
)
def test_a_public_site_cannot_lead_into_the_private_network(loopback, to):
    loopback.at("/page", redirect(to))
    with Client(OneLocalHost(), pause=0) as client:
        fails(client, loopback.url("/page", host="paper.example"), Refused)


@pytest.mark.parametrize("content_type", ["application/pdf", "image/png", "video/mp4", "application/zip"])
@pytest.mark.parametrize("wanted", [PAGE, FEED])
def test_what_is_neither_page_nor_feed_is_not_read(loopback, client, content_type, wanted):
    fails(client, loopback.at("/page", Reply(gigabyte(), content_type)), WrongType, wanted=wanted)


@pytest.mark.parametrize(
    "content_type", ["text/html", "", "text/plain", "application/octet-stream", "text/xml; charset=x"]
)
def test_feeds_come_under_many_types(loopback, client, content_type):
    assert client.get(loopback.at("/feed", Reply(b"<rss/>", content_type)), FEED).body == b"<rss/>"


def test_cookies_are_not_kept(loopback, client):
    url = loopback.at("/page", Reply(b"x", headers={"Set-Cookie": "who=you"}))
    client.get(url)
    client.get(url)
    assert "cookie" not in loopback.asked("/page")[1].headers


def test_robots_are_asked_once_and_obeyed(loopback, client):
    loopback.at("/robots.txt", Reply("User-agent: *\nDisallow: /private\nAllow: /private/open$", "text/plain"))
    loopback.at("/page", Reply(b"x"))
    loopback.at("/private/open", Reply(b"y"))
    assert client.get(loopback.url("/page")).body == b"x"
    assert client.get(loopback.url("/private/open")).body == b"y"
    with pytest.raises(Disallowed):
        client.get(loopback.url("/private/secret"))
    assert loopback.asked("/private/secret") == []
    assert len(loopback.asked("/robots.txt")) == 1


def test_robots_are_obeyed_where_a_redirect_leads(loopback, client):
    loopback.at("/robots.txt", Reply("User-agent: Panchina\nDisallow: /closed", "text/plain"))
    with pytest.raises(Disallowed):
        client.get(loopback.at("/page", redirect("/closed")))


@pytest.mark.parametrize(
    "reply", [Reply(status=404), Reply(status=403), redirect("/robots.txt"), Reply(b"\xff\x00<html>")]
)
def test_a_site_without_readable_robots_allows_all(loopback, client, reply):
    loopback.at("/robots.txt", reply)
    assert client.get(loopback.at("/page", Reply(b"x"))).body == b"x"


@pytest.mark.parametrize("reply", [Reply(status=503), Reply(b"half", promised=99)])
def test_a_site_that_cannot_tell_is_left_alone(loopback, client, reply):
    loopback.at("/robots.txt", reply)
    with pytest.raises(Unreachable, match="robots.txt"):
        client.get(loopback.at("/page", Reply(b"x")))
    assert loopback.asked("/page") == []


def test_a_robots_file_without_end_allows_nothing(loopback, client):
    loopback.at("/robots.txt", Reply(b"# " + b"x" * 600_000, "text/plain"))
    with pytest.raises(Disallowed):
        client.get(loopback.at("/page", Reply(b"x")))


def test_robots_are_asked_again_after_a_day(loopback):
    loopback.at("/robots.txt", Reply("", "text/plain"), Reply("User-agent: *\nDisallow: /", "text/plain"))
    loopback.at("/page", Reply(b"x"))
    day = [0.0]
    with Client(Guard(allow_local=True), pause=0, clock=lambda: day[0]) as client:
        client.get(loopback.url("/page"))
        day[0] = 23 * 3600
        client.get(loopback.url("/page"))
        day[0] = 25 * 3600
        with pytest.raises(Disallowed):
            client.get(loopback.url("/page"))


def test_two_requests_to_one_host_keep_their_distance(loopback, naps):
    loopback.at("/robots.txt", Reply("User-agent: *\nCrawl-delay: 7", "text/plain"))
    url = loopback.at("/page", Reply(b"x"))
    with Client(Guard(allow_local=True), pause=3, sleep=naps.append) as client:
        client.get(url)
        client.get(url)
    assert [round(nap) for nap in naps] == [3, 7]


def test_one_request_to_a_host_at_a_time_and_few_in_all(loopback):
    running, most = [], {}

    def count(request):
        running.append(request.headers["host"])
        for host in (*running, "all"):
            most[host] = max(most.get(host, 0), len(running) if host == "all" else running.count(host))
        time.sleep(0.03)
        running.remove(request.headers["host"])
        return Reply(b"x")

    loopback.at("/page", count)
    guard = Guard(allow_local=True, resolve=lambda host, port: ["127.0.0.1"])
    with Client(guard, pause=0, at_once=3, bounds=Bounds(seconds=20)) as client:
        urls = [loopback.url("/page", host=f"paper{number % 6}") for number in range(30)]
        threads = [threading.Thread(target=client.get, args=(url,), kwargs={"robots": False}) for url in urls]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(loopback.asked("/page")) == 30
    assert most.pop("all") <= 3
    assert set(most.values()) == {1}


@pytest.mark.parametrize(
    ("url", "expected"),
    [("https://user:secret@example.org/a?key=secret#x", "https://example.org/a"),
     ("javascript:alert(1)", "javascript:"), ("http://[", "an address that cannot be read"),
     ("http://e.org/\x1b[31m\u202e", "http://e.org/?[31m?")],
)  # fmt: skip
def test_messages_show_no_secret_of_an_address(url, expected):
    assert shown(url) == expected
