"""What analysis complains of in English, articles and parameters alike, in the language of the interface."""

import re
from functools import lru_cache

from pages.wording import Words, mark

ROW = mark("{file}, row {row}")
"""Where in a file the fault lies."""
COMPLAINTS = (
    mark("header: {complaint}"),
    mark("{complaint}. What follows was not read"),
    mark("empty; remove it or put an article into it"),
    mark("not a text file; save the article as txt, html, jsonl, csv or parquet"),
    mark("no articles in this folder; it may hold {kinds}"),
    mark("no path has a zero byte in it; check the path"),
    mark("cannot be read ({reason}); check that it is there and may be read"),
    mark("neither title nor text; give at least one (fields are {fields})"),
    mark("{field} is of type {kind}; write it as text in quotes"),
    mark("{field} is of type {kind} and was left out; write it as text in quotes"),
    mark("{field} has halves of characters (lone surrogates), which were replaced; save it as UTF-8"),
    mark("{field} holds a value that cannot be read and was left out"),
    mark("the id {id} came before; give each article its own"),
    mark("date {date} is not a day between {first} and {last} and was left out; write it as 2024-12-06 or 2024-12"),
    mark("date {date} was read day first, as {day}; write it that way"),
    mark(
        "more than the {count} characters (2 MB of text) that one article may have; split it into articles, one a file "
        "or one a line of a .jsonl file"
    ),
    mark("bytes that are not {encoding} were replaced; save it as UTF-8"),
    mark("bytes that are not {encoding} were replaced"),
    mark("broken UTF-8 characters were replaced; save it as UTF-8"),
    mark("not UTF-8, read as Windows-1252; save it as UTF-8"),
    mark("no text in the page (scripts may write it); save what you see of it as txt"),
    mark("not JSON ({reason}); write each article as one object on one line"),
    mark("not JSON ({reason}); mend it or write one object a line"),
    mark("a number too long for JSON; write it in quotes"),
    mark("{kind}, not an object; write {example}"),
    mark("JSON nested too deeply; write a flat object of {fields}"),
    mark("no column title or text (it has {columns}); name the columns {fields} in the first line"),
    mark("no column title or text (it has {columns}); name the columns {fields} in the table"),
    mark("{cells} cells under {columns} columns; put quotes around a text with commas"),
    mark("too many quotes opened and not closed; mend them"),
    mark("quotes do not match; put quotes around a text and double those inside"),
    mark("a quote is opened here and not closed; close it, and double the quotes inside a text"),
    mark("not CSV ({reason}); write it again with quotes around the texts"),
    mark("unpacks to more than {count} times its size; write it again without filling"),
    mark("not a whole Parquet file ({reason}); write it again"),
    mark("not a Parquet file that can be read ({reason}); write it again"),
    mark("a Parquet file cannot be read from a pipe; give its name"),
    mark(
        "its language ({language}) is none of {languages}, so it stays unscored; if it is one of them, name it in the "
        "field lang"
    ),
    mark("the data file {file} cannot be read; fetch Panchina's data/ anew"),
    mark("a data file of Panchina is broken ({reason}); mend it or fetch data/ anew"),
    mark("the reader failed ({reason}); please report this article"),
    mark("ceilings must rise from 0 to 100, not {ceilings}"),
    mark("guarded_backing, backing and renewal must rise within 0 and 1"),
    mark("alarm_off must not lie above alarm_on"),
    mark("half-lives, shrinkage and full_confidence must be positive"),
    mark("silent, return, departure_window and trusted days must not be negative"),
)
VALUES = {
    "a list": mark("a list"),
    "a text": mark("a text"),
    "a number": mark("a number"),
    "unknown": mark("unknown"),
}
"""Words that stand for a value in a complaint."""


def told(message: str, say: Words) -> str:
    """A problem or warning of analysis.load, or of reading one article, in the reader's language."""
    for split in re.finditer(": ", message):
        if complaint := _complaint(message[split.end() :], say):
            return f"{_place(message[: split.start()], say)}: {complaint}"
    return _complaint(message, say) or message


def _place(place: str, say: Words) -> str:
    """The file, and its row where one is named."""
    found = re.fullmatch(r"(.+), row (\d+)", place, re.DOTALL)
    return say(ROW, file=found[1], row=found[2]) if found else place


def _complaint(message: str, say: Words) -> str:
    """`message` in the reader's language; "" where it is none of COMPLAINTS."""
    for complaint in COMPLAINTS:
        if found := _pattern(complaint).fullmatch(message):
            named = found.groupdict().items()
            values = {name: say(VALUES[value]) if value in VALUES else value for name, value in named}
            if "complaint" not in values:
                return say(complaint, **values)
            if inner := _complaint(values["complaint"], say):
                return say(complaint, **{**values, "complaint": inner})
    return ""


@lru_cache(maxsize=128)
def _pattern(message: str) -> re.Pattern:
    """What `message` looks like with its values filled in; one that it begins with is no file and row."""
    anything = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(message))
    return re.compile(re.sub(r"^(\(\?P<(?!complaint)\w+>)\.", r"\1[^:]", anything), re.DOTALL)
