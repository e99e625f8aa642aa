"""A sentence with every mention replaced by one private-use character, so that patterns can speak of slots."""

from bisect import bisect_right
from dataclasses import dataclass

from analysis.mentions.document import Document
from analysis.mentions.people import Mention


@dataclass(eq=False)
class CanonicalSentence:
    """The canonical form of the sentence [start, end) of a document, and the way back from it."""

    text: str
    start: int
    end: int
    number: int
    _positions: list[int]
    _originals: list[int]
    mentions: dict[int, Mention]
    """Mention by the canonical position of its placeholder."""

    def original(self, position: int, is_end: bool = False) -> int:
        """Offset in the document's field of a canonical position (of the end of a match with `is_end`)."""
        if position in self.mentions and not is_end:
            return self.mentions[position].start
        if is_end and position - 1 in self.mentions:
            return self.mentions[position - 1].end
        index = bisect_right(self._positions, position) - 1
        return min(self._originals[index] + position - self._positions[index], self.end)


def canonical_sentence(document: Document, number: int, mentions: list[Mention]) -> CanonicalSentence:
    """Build the canonical form of sentence `number`; `mentions` are those in it, sorted."""
    start, end = document.sentences[number]
    folded = document.folded[start:end]
    pieces: list[str] = []
    positions, originals, placed = [0], [start], {}
    length, cursor = 0, start
    for mention in mentions:
        if mention.start < cursor or mention.end > end:
            continue
        gap = folded[cursor - start : mention.start - start]
        shown = f"{gap} {mention.shown} "
        pieces.append(shown)
        placed[length + len(gap) + 1] = mention
        length += len(shown)
        cursor = mention.end
        # The placeholder's end and the space after it both lead to the mention's end.
        positions += [length - 1, length]
        originals += [cursor, cursor]
    pieces.append(folded[cursor - start :])
    return CanonicalSentence("".join(pieces), start, end, number, positions, originals, placed)
