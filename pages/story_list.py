"""Stories and edges with the sentences behind them."""

from collections.abc import Callable
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from analysis.charts.palette import RELATION_LOOK, STAGE_LOOK
from pages import address, common
from pages.markup import Html, join, link, tag
from pages.rows import badge, whence
from pages.wording import Words

PAGE = 10
WithQuotes = Callable[[pd.DataFrame], pd.DataFrame]


def draw(stories: pd.DataFrame, with_quotes: WithQuotes, say: Words, empty: str, place: str = "stories_page") -> None:
    """Stories in the order given, ten a page, the page in the address under `place`; `empty` where there is none.

    `with_quotes` adds to those shown the sentences that count in them.
    """
    if stories.empty:
        st.html(tag("p", empty, class_="pn-quiet"))
        return
    pages = -(-len(stories) // PAGE)
    page = _page(place, pages) if pages > 1 else 1
    shown = stories.iloc[(page - 1) * PAGE : page * PAGE]
    st.html(join(*[_story(story, say) for _, story in with_quotes(shown).iterrows()]))


def _page(place: str, pages: int) -> int:
    name = f"pick_{place}"
    st.session_state[name] = address.asked_page(place, pages)
    return st.pagination(pages, key=name, on_change=_turned, args=(name, place))


def _turned(name: str, place: str) -> None:
    page = st.session_state[name]
    address.change(**{place: str(page) if page > 1 else ""})


def _story(story: pd.Series, say: Words) -> Html:
    look = STAGE_LOOK[story["stage"]]
    where = _where(story["published_at"], story, say)
    repeats = say.some("{count} repeat", "{count} repeats", story["repeats"]) if story["repeats"] else None
    points = story.get("points")
    worth = (
        None if points is None or pd.isna(points) else say("{points} points of the index", points=say.number(points, 1))
    )
    statement = say("statement of club or coach") if story["official"] else None
    notes = [note for note in (statement, repeats, worth, _way_to_reading(story["article_id"], say)) if note]
    quotes = [
        quoted(sentence, marks, look.colour, story["lang"])
        for sentence, marks in story["quotes"]
        if sentence != story["title"]
    ]
    overruled = tag("p", say("Overruled by hand: {reason}", reason=story["overruled"])) if story["overruled"] else None
    about = tag("span", join(where, *notes, between=" · "), class_="pn-quiet")
    head = tag("div", badge(story["stage"], say), " ", about)
    return tag(
        "article",
        head,
        _title(story, look.colour),
        *quotes,
        overruled,
        class_="pn-story",
    )


def _title(story: pd.Series, colour: str) -> Html:
    """The title with a link to the article; the words that count in it are marked."""
    marks = next((marks for sentence, marks in story["quotes"] if sentence == story["title"]), [])
    title = join(*_pieces(story["title"], marks))
    return tag("h3", link(title, story["url"]), lang=story["lang"], class_="pn-marked", style=f"--look:{colour}")


def _way_to_reading(article: str, say: Words) -> Html | None:
    """A link to the page that shows how the article was read, where the archive has its whole text."""
    if common.archive().is_published:
        return None
    query = urlencode(address.here() | {"article": article}, doseq=True)
    return tag("a", say("how it was read"), href=f"read_article?{query}", target="_blank", rel="noopener")


def brief(story: pd.Series, say: Words) -> Html:
    """A story on a line or two: stage, day, source and the first sentence that counts."""
    sentence, marks = next(iter(story["quotes"]), (story["title"], []))
    about = tag("span", _where(story["published_at"], story, say, "short"), class_="pn-quiet")
    words = quoted(sentence, marks, STAGE_LOOK[story["stage"]].colour, story["lang"])
    return tag("div", badge(story["stage"], say), " ", about, words)


def _where(moment: pd.Timestamp, told: pd.Series, say: Words, form: str = "long") -> Html:
    """Day and source of what was told, and its language where the reader's is another."""
    source = tag("bdi", say.source(told["source"]))
    return join(*filter(None, (say.day(moment.date(), form), source, say.foreign(told["lang"]))), between=" · ")


def draw_edges(edges: pd.DataFrame, say: Words) -> None:
    """Relations, each with one sentence behind it, as pages.links.with_sentences has them."""
    if edges.empty:
        st.html(tag("p", say("No club is linked to the coach in these stories."), class_="pn-quiet"))
        return
    st.html(join(*[_edge(edge, say) for _, edge in edges.iterrows()]))


def _edge(edge: pd.Series, say: Words) -> Html:
    look = RELATION_LOOK[edge["relation"]]
    count = say.some("{count} story", "{count} stories", edge["stories"])
    newest = say("the newest of {day}", day=say.day(edge["last"].date()))
    head = tag(
        "div",
        tag("strong", edge["coach"]),
        " – ",
        tag("strong", say.club(edge["club"])),
        " ",
        edge_badge(edge["relation"], say),
        " ",
        tag("span", f"{count} · {newest}", class_="pn-quiet"),
    )
    words = quoted(edge["sentence"], [(edge["mark_start"], edge["mark_end"])], look.colour, edge["lang"])
    return tag("article", head, words, whence(edge, say, "long"), class_="pn-story")


def draw_sentences(told: pd.DataFrame, say: Words) -> None:
    """Sentences behind one link: `told` holds date, source, lang, url, relation and the marked span."""
    st.html(join(*[_told(row, say) for _, row in told.iterrows()]))


def _told(row: pd.Series, say: Words) -> Html:
    marks = [(row["mark_start"], row["mark_end"])]
    words = quoted(row["sentence"], marks, RELATION_LOOK[row["relation"]].colour, row["lang"])
    return tag("article", edge_badge(row["relation"], say), " ", whence(row, say, "long"), words, class_="pn-story")


def edge_badge(relation: str, say: Words) -> Html:
    """A relation in words with its colour."""
    glyph = tag("span", "●", class_="pn-glyph", aria_hidden="true")
    style = f"--look:{RELATION_LOOK[relation].colour}"
    return tag("span", glyph, say.relation(relation), class_="pn-badge", style=style)


def quoted(sentence: str, marks: list[tuple[int, int]], colour: str, lang: str | None = None) -> Html:
    """A sentence in quotes, the words that count in it marked."""
    quote = tag("q", *_pieces(sentence, marks), lang=lang)
    return tag("p", quote, class_="pn-quote pn-marked", style=f"--look:{colour}")


def _pieces(sentence: str, marks: list[tuple[int, int]]) -> list[str]:
    """The sentence cut at its marks, which are elements of their own."""
    pieces, position = [], 0
    for start, end in sorted(marks):
        if start >= position:
            pieces += [sentence[position:start], tag("mark", sentence[start:end])]
            position = end
    return [*pieces, sentence[position:]]
