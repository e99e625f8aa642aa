"""Feeds in every format, saying the same: two invented articles about an invented coach."""

ADDRESS = "https://paper.example/calcio/2024/12/06/rossi-panchina"
DATE = "Fri, 06 Dec 2024 18:30:00 +0100"
ISO = "2024-12-06T18:30:00+01:00"
TITLE, TEXT = "Rossi, perché è in bilico", "La panchina di Rossi traballa."

RSS2 = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Giornale</title><link>https://paper.example</link><language>it-IT</language>
<item><title>{TITLE}</title><link>{ADDRESS}</link><guid isPermaLink="false">g1</guid><pubDate>{DATE}</pubDate>
<description><![CDATA[<p>La panchina di <b>Rossi</b> traballa.</p><script>alert(1)</script>]]></description></item>
<item><title>Altra notizia</title><link>https://paper.example/2</link><pubDate>{DATE}</pubDate>
<description>Niente di nuovo.</description></item></channel></rss>"""

RSS091 = RSS2.replace('version="2.0"', 'version="0.91"').replace('<guid isPermaLink="false">g1</guid>', "")
RSS092 = RSS2.replace('version="2.0"', 'version="0.92"')

RSS090 = f"""<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">
<channel><title>Giornale</title><link>https://paper.example</link><description>x</description></channel>
<item><title>{TITLE}</title><link>{ADDRESS}</link></item>
<item><title>Altra notizia</title><link>https://paper.example/2</link></item></rdf:RDF>"""

RSS1 = f"""<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="https://paper.example"><title>Giornale</title><link>https://paper.example</link>
<description>x</description><dc:language>it</dc:language></channel>
<item rdf:about="{ADDRESS}"><title>{TITLE}</title><link>{ADDRESS}</link><dc:date>{ISO}</dc:date>
<description>Breve.</description><content:encoded><![CDATA[<p>{TEXT}</p>]]></content:encoded></item>
<item rdf:about="https://paper.example/2"><title>Altra notizia</title><link>https://paper.example/2</link>
<dc:date>{ISO}</dc:date></item></rdf:RDF>"""

ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="it"><title>Giornale</title><id>urn:feed</id>
<updated>{ISO}</updated>
<entry><title>{TITLE}</title><id>urn:1</id><link rel="alternate" href="{ADDRESS}"/><published>{ISO}</published>
<updated>2024-12-07T10:00:00Z</updated><summary>Breve.</summary>
<content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;</content></entry>
<entry><title>Altra notizia</title><id>urn:2</id><link href="/2"/><updated>{ISO}</updated></entry></feed>"""

ATOM03 = ATOM.replace("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#").replace(
    "<feed ", '<feed version="0.3" '
)

ALL = {"RSS 0.90": RSS090, "RSS 0.91": RSS091, "RSS 0.92": RSS092, "RSS 1.0": RSS1, "RSS 2.0": RSS2,
       "Atom 0.3": ATOM03, "Atom 1.0": ATOM}  # fmt: skip
WITHOUT_DATE = {"RSS 0.90"}


def entity_bomb() -> str:
    """A feed of a few hundred bytes that would unfold to gigabytes."""
    steps = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return (f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha">{steps}]><rss version="2.0"><channel><item>'
            "<title>&a9;</title></item></channel></rss>")  # fmt: skip


def rss(*items: str) -> str:
    """A feed of `items`, written out."""
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>G</title>{"".join(items)}</channel></rss>'


def item(title: str, link: str, date: str = DATE, more: str = "") -> str:
    """An item of a feed."""
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate>{more}</item>"
