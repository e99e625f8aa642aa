"""Coaches and clubs as a typed, directed graph, and where its nodes stand."""

import numpy as np
import pandas as pd

from analysis.picking import as_text, of_articles

EDGE = ["coach", "club", "relation"]
SPAN = ["article_id", "field", "start", "end", "text"]
EDGES = [*EDGE, "detail", "stories", "first", "last", *SPAN]
LAYOUTS = ("sides", "carousel", "network")
CAROUSEL = ("destination", "destination_denied")
"""Relations that tie a candidate to a bench; of a national team its detail says so."""
SEED = 7
"""The network layout starts from chance; a fixed seed draws the same picture every time."""
_ASPECT, _APART = 1.6, 0.7
"""The network is so many times as wide as high; groups that no link ties stand so far apart (a node needs about 1)."""


def club_edges(relations: pd.DataFrame, stories: pd.DataFrame) -> pd.DataFrame:
    """Edges coach to club by relation: columns as EDGES.

    `relations` by schema RELATION_EDGES, `stories` by schema STORIES. Near-duplicates count once. The span (article_id,
    field, start, end, text) is the newest that states the edge. Edges with most stories come first; a club the text
    leaves unnamed has no edge.
    """
    named = as_text(relations[relations["club"] != ""])
    if named.empty:
        return pd.DataFrame(columns=EDGES)
    named = named.merge(of_articles(stories, named["article_id"]), on="article_id", how="left")
    named["story_id"] = named["story_id"].fillna(named["article_id"])
    edges = (
        named.sort_values("published_at", kind="stable")
        .groupby(EDGE, sort=False, as_index=False)
        .agg(
            detail=("detail", "last"),
            stories=("story_id", "nunique"),
            first=("published_at", "min"),
            last=("published_at", "max"),
            **{column: (column, "last") for column in SPAN},
        )
    )
    return edges.sort_values(["stories", "last", *EDGE], ascending=[False, False, True, True, True], ignore_index=True)


def told_in(edges: pd.DataFrame, relations: pd.DataFrame, articles: pd.DataFrame, lang: str) -> pd.DataFrame:
    """`edges` with the newest span in an article in the language `lang`; where none states an edge its span stays.

    `articles` holds the article_id and lang of each, once or more often.
    """
    own = of_articles(relations, articles.loc[(articles["lang"] == lang).to_numpy(dtype=bool), "article_id"])
    newest = as_text(own).sort_values("published_at", kind="stable")
    spans = pd.concat([edges, newest])[[*EDGE, *SPAN]].drop_duplicates(EDGE, keep="last")
    return edges.drop(columns=SPAN).merge(spans, on=EDGE, how="left")


def carousel(edges: pd.DataFrame, posts: dict[str, str]) -> pd.DataFrame:
    """The edges of `edges` that tie a candidate to a bench; `posts` names the club each coach has now.

    A coach's own bench is none he is a candidate for, unless the link to it is denied.
    """
    wanted = (edges["relation"] == "national_team") & edges["detail"].isin(["destination", "denied"])
    tied = edges[edges["relation"].isin(CAROUSEL) | wanted]
    own = np.array([posts.get(coach) == club for coach, club in zip(tied["coach"], tied["club"], strict=True)], bool)
    return tied[~own | (tied["relation"] == "destination_denied")].reset_index(drop=True)


def link_growth(relations: pd.DataFrame, stories: pd.DataFrame, edges: pd.DataFrame) -> pd.DataFrame:
    """How the links of `edges` grew: columns coach, club, relation, date, stories (so far), article_id and the span.

    A row for each story, on the day it was first told; near-duplicates count once.
    """
    told = relations.merge(edges[EDGE], on=EDGE).merge(stories, on="article_id", how="left")
    told["story_id"] = told["story_id"].fillna(told["article_id"])
    first = told.sort_values("published_at", kind="stable").drop_duplicates([*EDGE, "story_id"])
    first = first.assign(stories=first.groupby(EDGE).cumcount() + 1).rename(columns={"published_at": "date"})
    return first[[*EDGE, "date", "stories", *SPAN]].reset_index(drop=True)


def positions(edges: pd.DataFrame, layout: str) -> dict[tuple[str, str], tuple[float, float]]:
    """Where each node ("coach" or "club", name) stands, x and y between 0 and 1.

    "sides" and "carousel" put coaches left and clubs right, clubs in the order of their coaches, so that few lines
    cross; "network" is the Fruchterman-Reingold layout of networkx from a fixed seed, each group of its own.
    """
    return _network(edges) if layout == "network" else _sides(edges)


def _network(edges: pd.DataFrame) -> dict[tuple[str, str], tuple[float, float]]:
    import networkx as nx  # here alone: the other picture does without its 12 MB

    graph = nx.Graph()
    for edge in edges.itertuples():
        graph.add_edge(("coach", edge.coach), ("club", edge.club), weight=1 + np.log1p(edge.stories))
    groups = sorted(map(sorted, nx.connected_components(graph)), key=lambda group: (-len(group), group))
    sizes = [float(np.sqrt(len(group))) for group in groups]
    places = {}
    for group, size, (left, top) in zip(groups, sizes, _packed(sizes), strict=True):
        own = nx.spring_layout(graph.subgraph(group), seed=SEED, iterations=300)
        inside = _scaled({node: (float(x), float(y)) for node, (x, y) in own.items()})
        room = size - _APART
        places |= {node: (left + x * room, top + y * room) for node, (x, y) in inside.items()}
    return _scaled(places)


def _packed(sizes: list[float]) -> list[tuple[float, float]]:
    """Where squares of these sizes, the largest first, lie side by side without touching: left and top of each.

    They fill shelf below shelf, in each shelf column beside column, in an area about _ASPECT times as wide as high.
    """
    whole = max(sizes[0], float(np.sqrt(_ASPECT * sum(size**2 for size in sizes))))
    places, shelf, height, left, down, width = [], 0.0, sizes[0], 0.0, 0.0, sizes[0]
    for size in sizes:
        if down + size > height + 1e-9:  # no room below in this column
            left, down, width = left + width, 0.0, size
        if left + size > whole + 1e-9:  # no room for another column on this shelf
            shelf, height, left, down, width = shelf + height, size, 0.0, 0.0, size
        places.append((left, shelf + down))
        down += size
    return places


def _sides(edges: pd.DataFrame) -> dict[tuple[str, str], tuple[float, float]]:
    coaches = list(dict.fromkeys(edges["coach"]))
    rank = {coach: position for position, coach in enumerate(coaches)}
    relation = edges.groupby("club", sort=False)["relation"].first()
    mean = edges.assign(rank=edges["coach"].map(rank)).groupby("club", sort=False)["rank"].mean()
    clubs = sorted(mean.index, key=lambda club: (mean[club], relation[club], club))
    places = {("coach", coach): (0.0, height) for coach, height in zip(coaches, _heights(len(coaches)), strict=True)}
    return places | {("club", club): (1.0, height) for club, height in zip(clubs, _heights(len(clubs)), strict=True)}


def _heights(count: int) -> list[float]:
    return [1 - (position + 0.5) / count for position in range(count)]


def _scaled(places: dict[tuple[str, str], tuple[float, float]]) -> dict[tuple[str, str], tuple[float, float]]:
    points = np.array(list(places.values()))
    low, span = points.min(axis=0), np.ptp(points, axis=0)
    scaled = (points - low) / np.where(span == 0, 1, span)
    return {node: (float(x), float(y)) for node, (x, y) in zip(places, scaled, strict=True)}
