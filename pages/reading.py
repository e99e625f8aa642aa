"""A reading as it is shown: the marked text, each coach's way from words to stage, clubs, reasons, the tone beside."""

import streamlit as st

from pages import marked
from pages.markup import Html, join, tag
from pages.rows import badge
from pages.wording import Words, plain


def draw_article(article: dict, reading: dict, say: Words) -> None:
    """Title and text with the marks, in the language of the article."""
    steps = {(coach["name"], *_place(step)): step for coach in reading["coaches"] for step in coach["chain"]}
    for field in ("title", "text"):
        if article[field]:
            marks = [
                {**mark, "reason": _reason(mark, steps.get((mark["coach"], *_place(mark))), say)}
                for mark in reading["marks"]
                if mark["field"] == field
            ]
            st.html(marked.marked_text(article[field], marks, reading["lang"], is_title=field == "title"))
    if reading["marks"]:
        st.html(marked.legend(reading["marks"], say))


def _place(span: dict) -> tuple[str, int, int]:
    return span["field"], span["start"], span["end"]


def _reason(mark: dict, step: dict | None, say: Words) -> str:
    """Why a mark has its stage: whose it is, what the words say flatly, what changes that."""
    parts = [say("{coach}: {stage}", coach=mark["coach"], stage=say.stage(mark["stage"] or "none"))]
    if step:
        parts += [say.modifier(modifier) for modifier in step["modifiers"]]
        parts.append(say("risk {risk}", risk=step["risk"]))
    return ", ".join(parts)


def draw_verdicts(reading: dict, say: Words) -> None:
    """Each coach's stage and risk, and the chain from words to stage."""
    if reading.get("unscored"):
        st.info(
            say(
                "This article is in {language}. Panchina reads six languages and leaves the others unscored, which is "
                "not a score of zero.",
                language=plain(say.tongue(reading["lang"] or "?")),
            )
        )
        return
    if not reading["coaches"]:
        st.info(say("No coach of a senior football team is named in this article."))
    for coach in reading["coaches"]:
        st.html(_verdict(coach, say))
    for role in reading["unresolved"]:
        st.html(tag("p", say("{role}: who that is stays open", role=role.get("role", "")), class_="pn-quiet"))


def _verdict(coach: dict, say: Words) -> Html:
    club = say.club(coach["club"] or "")
    facts = say(
        "risk {risk} of 4, confidence {confidence} %",
        risk=coach["risk"],
        confidence=say.number(100 * coach["confidence"]),
    )
    head = tag(
        "div",
        tag("strong", coach["name"]),
        ", ",
        club,
        " ",
        badge(coach["stage"], say),
        " ",
        tag("span", facts, class_="pn-quiet"),
    )
    steps = [tag("li", _step(step, say)) for step in coach["chain"]]
    chain = (
        tag("ol", *steps, class_="pn-chain")
        if steps
        else tag("p", say("Nothing is said about the job."), class_="pn-quiet")
    )
    return tag("article", head, chain, class_="pn-story")


def _step(step: dict, say: Words) -> Html:
    parts = [tag("q", step["text"]), " → ", badge(step["stage"], say)]
    if step["modifiers"]:
        parts += [" ", tag("span", ", ".join(map(say.modifier, step["modifiers"])), class_="pn-quiet")]
    if step["becomes"] and step["becomes"] != step["stage"]:
        parts += [" → ", badge(step["becomes"], say)]
    weight = say("risk {risk}", risk=step["risk"]) if step["becomes"] else say("set aside")
    reason = f" ({say.modifier(step['why'])})" if step["why"] else ""
    return join(*parts, " ", tag("span", weight, reason, class_="pn-quiet"))


def draw_links(reading: dict, say: Words) -> None:
    """Clubs tied to the coaches, and the causes given."""
    rows = [
        tag(
            "li",
            tag("strong", relation["coach"]),
            " – ",
            say.club(relation["club"]) if relation["club"] else say("a team not named"),
            ": ",
            say.relation(relation["relation"]),
            " ",
            tag("q", relation["evidence"]["text"], class_="pn-quiet"),
        )
        for relation in reading["relations"]
    ]
    rows += [
        tag(
            "li",
            tag("strong", cause["coach"]),
            ", ",
            say("reason"),
            ": ",
            say.cause(cause["cause"]),
            " ",
            tag("q", cause["text"], class_="pn-quiet"),
        )
        for cause in reading["cause_evidence"]
    ]
    if rows:
        st.html(tag("ul", *rows, class_="pn-chain"))
    else:
        st.html(tag("p", say("No club and no reason is named."), class_="pn-quiet"))


def draw_tone(article: dict, reading: dict, say: Words) -> None:
    """What plain TextBlob says of the same text, and why it differs."""
    st.subheader(say("Plain TextBlob beside it"), anchor=False)
    from analysis.tone import tone  # here alone: TextBlob brings NLTK, which most visits do without

    heard = tone(f"{article['title']} {article['text']}".strip(), reading["lang"])
    if heard is None:
        st.html(
            tag(
                "p",
                say(
                    "TextBlob's lexicon is English, so it is not asked about this article: its polarity here "
                    "would be chance."
                ),
                class_="pn-quiet",
            )
        )
        return
    st.html(
        tag(
            "p",
            say(
                "polarity {polarity} (−1 to +1), subjectivity {subjectivity} (0 to 1)",
                polarity=say.number(heard.polarity, 2),
                subjectivity=say.number(heard.subjectivity, 2),
            ),
        )
    )
    words = [tag("li", tag("q", word[0]), " ", say.number(word[1], 2)) for word in heard.words]
    st.html(tag("ul", *words, class_="pn-moves"))
    st.html(
        tag(
            "p",
            say(
                'TextBlob adds up how pleasant words are, wherever they stand: "Real" counts as +0.2, while '
                '"sacked" and "crisis" count nothing. Panchina asks instead what is asserted of whose job, by '
                "whom, and how surely."
            ),
            class_="pn-quiet",
        )
    )
