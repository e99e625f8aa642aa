"""What a visitor gives to read: pasted or uploaded, read at once, kept nowhere but in his session."""

import json
import time
from collections.abc import Iterator
from itertools import accumulate, islice

import pandas as pd
import streamlit as st

from analysis.commands.score import answer
from analysis.load import load_bytes
from pages import address, common, complaints, downloads, local
from pages.wording import Words, mark, plain

Read = tuple[dict, dict]
_READ, _TAKEN = "read", "taken_from_archive"
_FIRST_ONLY = mark("Only the first {count} articles are read here; the command line reads any number.")


def ask(say: Words) -> tuple[str, str, str, list]:
    """What the visitor pastes (title, text, date) and uploads; folded away once there is something to show."""
    _take_from_archive(say)
    st.session_state.setdefault("text", "")
    is_given = any(st.session_state.get(key) for key in ("title", "text", "files"))
    with st.expander(say("Give another article") if is_given else say("Give an article"), expanded=not is_given):
        return _form(say)


def _form(say: Words) -> tuple[str, str, str, list]:
    with st.container(horizontal=True):
        if common.archive().is_demonstration:
            st.button(say("Try an example from the season"), on_click=_example, icon=":material/lightbulb:")
    with st.form("paste", border=False):
        title = st.text_input(say("Title (may be empty)"), key="title")
        text = st.text_area(
            say("Text of the article"),
            key="text",
            height=220,
            max_chars=local.bounds().characters,
            placeholder=say("Paste an article in Italian, Spanish, English, French, German or Portuguese."),
        )
        day = st.text_input(say("Date, as 2024-12-06 or 2024-12 (may be empty)"), key="date", max_chars=10)
        st.form_submit_button(say("Read it"), type="primary", on_click=address.change, kwargs={"article": ""})
    return title, text, day, _ask_files(say)


def _ask_files(say: Words) -> list:
    bounds = local.bounds()
    kinds = ", ".join(suffix[1:] for suffix in bounds.suffixes)
    given = st.file_uploader(
        say("Or upload files"),
        [suffix[1:] for suffix in bounds.suffixes],
        accept_multiple_files=True,
        key="files",
        max_upload_size=bounds.megabytes,
        help=say(
            "{kinds}, up to {size} MB. Nothing you paste or upload is stored.", kinds=kinds, size=bounds.megabytes
        ),
    )
    return given or []


def _take_from_archive(say: Words) -> None:
    """Give the article of the archive that the address names, once, so that it can be changed."""
    wanted = st.query_params.get("article", "")
    if not wanted or (wanted == st.session_state.get(_TAKEN) and st.session_state.get("text")):
        return
    st.session_state[_TAKEN] = wanted
    if (article := common.article(wanted)) is None:
        st.warning(say("This archive has no article {id}.", id=plain(wanted)))
    else:
        text = article["text"][: local.bounds().characters]
        st.session_state.update(title=article["title"], text=text, date=article["date"])


def _example() -> None:
    """The article of the season that says most of a coach's job, in English, so that TextBlob has its say too."""
    archive = common.archive()
    weight = archive.evidence.groupby("article_id").size().rename("weight")
    told = archive.articles.set_index("article_id").join(weight, how="inner")
    best = told.assign(english=told["lang"] == "en").sort_values(["english", "weight"], kind="stable").iloc[-1]
    address.change(article=best.name)


def gather(title: str, text: str, day: str, files: list, fetched: list[dict], say: Words) -> list[Read]:
    """Articles and problems of what was pasted, uploaded and fetched, each with its reading (empty for a problem).

    They stay in the visitor's session as long as he asks for the same, so that a click does not read them again.
    """
    key = (title, text, day, *(file.file_id for file in files), *(row.get("text") for row in fetched))
    if st.session_state.get(_READ, ("",))[0] != key:
        st.session_state[_READ] = (key, *_gathered(title, text, day, files, fetched, say))
    _, found, notes = st.session_state[_READ]
    for note in notes:
        st.warning(note)
    return found


def _gathered(title: str, text: str, day: str, files: list, fetched: list[dict], say: Words) -> tuple[list[Read], list]:
    """The readings, and what was left out for the bounds of one go."""
    bounds, end = local.bounds(), time.monotonic() + local.bounds().seconds
    found = [*fetched]
    if title.strip() or text.strip():
        pasted = {"id": "pasted", "date": day, "title": title, "text": text}
        found += load_bytes("pasted.jsonl", json.dumps(pasted).encode())
    notes, read = [], _fitting(files, bounds.megabytes)
    if len(read) < len(files):
        notes.append(say("Only {size} MB of files are read here; the command line reads any number.",
                         size=bounds.megabytes))  # fmt: skip
    stream = (article for file in read for article in _uploaded(file))
    found += list(islice(stream, bounds.articles))
    if next(stream, None) is not None:
        notes.append(say(_FIRST_ONLY, count=bounds.articles))
    readings = _read_all([_short(article, bounds.characters, say) for article in found], end, say)
    if len(readings) < len(found):
        notes.append(say("Reading was stopped after {seconds} seconds; of {all} articles the first {done} were read. "
                         "The command line reads any number.", seconds=round(bounds.seconds), all=len(found),
                         done=len(readings)))  # fmt: skip
    return readings, notes


def _short(article: dict, most: int, say: Words) -> dict:
    """`article`, or a problem in its place where it is too long to be read here in time."""
    if "error" in article or len(article["title"] or "") + len(article["text"] or "") <= most:
        return article
    reason = say("longer than the {count} characters read here; the command line reads it", count=say.number(most))
    return {"id": article["id"], "error": f"{article['id']}: {reason}"}


def _fitting(files: list, megabytes: int) -> list:
    """The first of `files` that are no larger together."""
    sizes = accumulate(file.size for file in files)
    return [file for file, size in zip(files, sizes, strict=True) if size <= megabytes * 2**20]


def _uploaded(file: object) -> Iterator[dict]:
    return load_bytes(file.name, file.getvalue())


def _read_all(found: list[dict], end: float, say: Words) -> list[Read]:
    """Readings of as many articles as can be begun by `end`, a moment of the monotonic clock."""
    if len(found) <= 1:
        return [_read(article) for article in found]
    progress, readings = st.progress(0.0, say("Reading …")), []
    for position, article in enumerate(found, 1):
        if time.monotonic() > end:
            break
        readings.append(_read(article))
        progress.progress(position / len(found), say("{done} of {all} read", done=position, all=len(found)))
    progress.empty()
    return readings


def _read(article: dict) -> Read:
    reading = article if "error" in article else answer(article)
    return (reading, {}) if "error" in reading else (article, reading)


def draw_problems(found: list[Read], say: Words) -> None:
    """What could not be read, and what was read with a guess."""
    for article, _ in found:
        if "error" in article:
            st.warning(plain(complaints.told(article["error"], say)))
        for note in article.get("warnings", []):
            st.caption(plain(complaints.told(note, say)))


def choose(found: list[Read], say: Words) -> Read | None:
    """The article to show: the only one, or the one chosen of a list."""
    good = [(article, reading) for article, reading in found if reading]
    if len(good) <= 1:
        return good[0] if good else None
    st.dataframe(verdict_table(good).drop(columns="confidence"), hide_index=True, alt=say("Verdicts of all articles"))
    names = [f"{position}. {article['title'] or article['text'][:60]}" for position, (article, _) in enumerate(good, 1)]
    chosen = st.selectbox(say("Article"), range(len(good)), format_func=lambda position: names[position], key="article")
    return good[chosen]


def verdict_table(found: list[Read]) -> pd.DataFrame:
    """One row an article and coach; an article without coaches has one row with the coach empty."""
    nobody = {"name": "", "club": None, "stage": "none", "risk": 0, "direction": "neutral", "confidence": None}
    rows = [
        {
            "id": article["id"],
            "date": article["date"],
            "lang": reading["lang"],
            "coach": coach["name"],
            "club": coach["club"] or "",
            **{key: coach[key] for key in ("stage", "risk", "direction", "confidence")},
        }
        for article, reading in found
        for coach in (reading["coaches"] or [nobody])
    ]
    return pd.DataFrame(rows)


def draw_downloads(found: list[Read], say: Words) -> None:
    """The readings as JSON, a line an article, and as CSV."""
    good = [(article, reading) for article, reading in found if reading]
    lines = "\n".join(json.dumps(reading, ensure_ascii=False) for _, reading in good)
    with st.container(horizontal=True):
        st.download_button(
            say("Download as JSON"),
            lines.encode(),
            "reading.jsonl",
            "application/json",
            on_click="ignore",
            icon=":material/download:",
        )
        downloads.csv_button(verdict_table(good), "reading.csv", say)
