"""What of an article may be shared: its title and the sentences that its claims rest on, never the whole text."""

from typing import NamedTuple

from analysis.views.quotes import sentence

MOST_SENTENCES = 8
LONG = 600
"""Characters of a text from which at most half of it is shared."""
LONGEST_TITLE = 300
GAP = "[…]"


class Span(NamedTuple):
    """A stretch [start, end) of a text."""

    start: int
    end: int


class Excerpt:
    """The shared sentences of a text, and where a span of the text stands in them.

    `spans` come in order of importance; the first sentences that fit are taken. `text` has them in the order of the
    original, each on its line, with GAP where something is left out.
    """

    def __init__(self, text: str, spans: list[Span]):
        self._chosen = _joined(_choose(text, spans))
        pieces: list[str] = []
        self._moved: list[int] = []
        end, length = 0, 0
        for chosen in self._chosen:
            between = [GAP] if text[end : chosen.start].strip() else []
            lines = [*between, text[chosen.start : chosen.end]]
            self._moved.append(length + sum(len(line) + 1 for line in between) - chosen.start)
            pieces += lines
            length += sum(len(line) + 1 for line in lines)
            end = chosen.end
        self.text = "\n".join([*pieces, *([GAP] if text[end:].strip() else [])])

    def place(self, span: Span) -> Span | None:
        """Where `span` of the original stands in `text`; None where it was left out."""
        for chosen, moved in zip(self._chosen, self._moved, strict=True):
            if chosen.start <= span.start and span.end <= chosen.end:
                return Span(span.start + moved, span.end + moved)
        return None


def _choose(text: str, spans: list[Span]) -> list[Span]:
    most = len(text) // 2 if len(text) > LONG else len(text)
    chosen: list[Span] = []
    for span in spans:
        around = _sentence(text, span)
        is_there = any(known.start <= span.start and span.end <= known.end for known in chosen)
        size = sum(known.end - known.start for known in _joined([*chosen, around]))
        if not is_there and len(chosen) < MOST_SENTENCES and size <= most:
            chosen.append(around)
    return chosen


def _sentence(text: str, span: Span) -> Span:
    words, start, _ = sentence(text, span.start, span.end)
    return Span(span.start - start, span.start - start + len(words))


def _joined(spans: list[Span]) -> list[Span]:
    """Spans in order, those that overlap made one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
