"""An article's text with the reader's marks, as markup in which every byte of the article is escaped."""

from analysis.charts.palette import LADDER, STAGE_LOOK
from pages.markup import Html, join, tag
from pages.wording import Words


def segments(text: str, marks: list[dict]) -> list[tuple[str, dict | None]]:
    """`text` cut into pieces, each with the mark that covers it or None. Where marks overlap, the gravest shows.

    `marks` hold start, end and stage; those that do not fit into the text are left out.
    """
    fitting = [mark for mark in marks if 0 <= mark["start"] < mark["end"] <= len(text)]
    shown: list[dict] = []
    for mark in sorted(fitting, key=lambda mark: (-_gravity(mark), mark["start"] - mark["end"])):
        if all(mark["end"] <= other["start"] or mark["start"] >= other["end"] for other in shown):
            shown.append(mark)
    pieces, position = [], 0
    for mark in sorted(shown, key=lambda mark: mark["start"]):
        pieces += [(text[position : mark["start"]], None), (text[mark["start"] : mark["end"]], mark)]
        position = mark["end"]
    pieces.append((text[position:], None))
    return [(piece, mark) for piece, mark in pieces if piece]


def _gravity(mark: dict) -> int:
    stage = mark.get("stage") or "none"
    return LADDER.index(stage) if stage in LADDER else len(LADDER)


def marked_text(text: str, marks: list[dict], lang: str | None, is_title: bool = False) -> Html:
    """The text with its marks in the colours of their stages; each mark's `reason` stands in its title."""
    pieces = [_piece(piece, mark) if mark else piece for piece, mark in segments(text, marks)]
    return tag("div", *pieces, class_="pn-article pn-title" if is_title else "pn-article", lang=lang)


def _piece(piece: str, mark: dict) -> Html:
    colour = STAGE_LOOK[mark.get("stage") or "none"].colour
    return tag("mark", piece, style=f"--look:{colour}", title=mark.get("reason", ""))


def legend(marks: list[dict], say: Words) -> Html:
    """The stages that occur in the marks, in order of danger."""
    from pages.rows import badge

    stages = {mark.get("stage") or "none" for mark in marks}
    return tag("p", join(*[badge(stage, say) for stage in STAGE_LOOK if stage in stages], between=" "))
