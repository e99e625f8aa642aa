"""A digest as Markdown or HTML. Every word from outside is text there, and links are http(s) only."""

from collections.abc import Callable
from dataclasses import dataclass

from analysis.alerts.message import Evidence, source_line
from analysis.alerts.neutral import html_link, in_html, in_markdown, markdown_link, one_line
from analysis.alerts.words import Words

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}"
    "blockquote{margin:.25rem 0;padding-left:.75rem;border-left:3px solid #767676}li{margin-bottom:1rem}"
)


@dataclass(frozen=True)
class Line:
    """One line of a digest: who, what about him, the sentence behind it, and his page in the dashboard ("" if none)."""

    coach: str
    club: str
    what: str
    evidence: Evidence | None
    link: str = ""


@dataclass(frozen=True)
class Digest:
    """A title, what the archive is ("" for a store), and the lines of each part by its title."""

    title: str
    about: str
    parts: dict[str, list[Line]]
    language: str


def _who(line: Line, say: Words) -> str:
    return f"{one_line(line.coach)} ({say.club(one_line(line.club))})" if line.club else one_line(line.coach)


def markdown(digest: Digest, say: Words) -> str:
    """The digest as Markdown."""
    blocks = [f"# {in_markdown(digest.title)}", *([in_markdown(digest.about)] if digest.about else [])]
    for title, lines in digest.parts.items():
        told = [_markdown_line(line, say) for line in lines] or [in_markdown(say("Nothing."))]
        blocks += [f"## {in_markdown(title)}", "\n\n".join(told)]
    return "\n\n".join(blocks) + "\n"


def _markdown_line(line: Line, say: Words) -> str:
    told = [f"- **{markdown_link(_who(line, say), line.link)}**: {in_markdown(line.what)}"]
    if line.evidence:
        source = markdown_link(source_line(line.evidence, say), line.evidence.url)
        told += ["", f"  > {in_markdown(line.evidence.text)}", "  >", f"  > {source}"]
    return "\n".join(told)


def page(digest: Digest, say: Words) -> str:
    """The digest as a whole HTML page that loads nothing and runs nothing."""
    body = [f"<h1>{in_html(digest.title)}</h1>", *([f"<p>{in_html(digest.about)}</p>"] if digest.about else [])]
    for title, lines in digest.parts.items():
        told = "\n".join(_html_line(line, say) for line in lines)
        body += [f"<h2>{in_html(title)}</h2>", f"<ul>\n{told}\n</ul>" if told else f"<p>{in_html(say('Nothing.'))}</p>"]
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    head = (f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            f'<meta name="viewport" content="width=device-width">\n<title>{in_html(digest.title)}</title>\n'
            f"<style>{_STYLE}</style>")  # fmt: skip
    lines = [
        "<!doctype html>",
        f'<html lang="{digest.language}">',
        "<head>",
        head,
        "</head>",
        "<body>",
        *body,
        "</body>",
    ]
    return "\n".join([*lines, "</html>"]) + "\n"


def _html_line(line: Line, say: Words) -> str:
    told = [f"<strong>{html_link(_who(line, say), line.link)}</strong>: {in_html(line.what)}"]
    if line.evidence:
        lang = f' lang="{in_html(line.evidence.lang)}"' if line.evidence.lang else ""
        source = html_link(source_line(line.evidence, say), line.evidence.url)
        told.append(f"<blockquote{lang}>{in_html(line.evidence.text)}</blockquote>\n{source}")
    return "<li>" + "\n".join(told) + "</li>"


FORMATS: dict[str, Callable[[Digest, Words], str]] = {"markdown": markdown, "html": page}
