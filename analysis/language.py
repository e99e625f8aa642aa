"""Which language a text is in: by its commonest words where they settle it, else by a trained model."""

from functools import lru_cache

from analysis.text import LANGUAGES

LANGUAGE_SAMPLE = 300
"""Characters shown to the model; more costs time and adds nothing."""
SETTLING_SAMPLE = 600
"""Characters in which the commonest words are looked up, which is cheap."""
SETTLED = 4
"""So many different words of a language settle it ..."""
LEAD = 3
"""... where they are this many more than any other language has there."""

_COMMONEST = {
    "it": "il lo la le gli i di del della dello dei degli delle al alla alle ai nel nella nei sul sulla dal dalla da "
          "in che è più anche non e ed si se sono una uno un per con tra fra questo questa come suo sua ha hanno stato "
          "dopo ma a o contro due",
    "es": "el los las la lo y e o a del al de en su sus más pero fue también está este esta por para con una un como "
          "ha han ya sin después sobre desde entre hasta cuando que se no es son dos contra tras le muy",
    "en": "the of and to in a is was for that with his he has have had it on at by from will be are as an after "
          "who their they this but not out over up were two first",
    "fr": "le la les des du de et est une un dans pour au aux sur pas en qui que ce cette il a par avec son sa ses "
          "mais ont été plus après elle leur sont se ne à deux contre",
    "de": "der die das und ist nicht mit für ein eine einen dem den des in im zum zur zu auf von nach auch sich bei "
          "wurde hat werden noch am einer sein er an als aus war sie es",
    "pt": "o a os as e de do da dos das em no na nos nas um uma que não com ao à às pelo pela mais foi seu sua são "
          "também depois mas para por após se já está como até ele contra dois sem",
    "gl": "o a os as e de do da dos das en no na nos nas un unha que non con ao á aos polo pola máis foi seu súa son "
          "tamén despois pero para por tras se xa está como ata el contra dous sen moi nun nunha coa co",
    "ca": "el la els les de del dels en al i a un una que no amb per pel és més també però va han ha ser seu seva són "
          "com molt aquest aquesta aquells després ja es contra dos sense",
    "oc": "lo la los las de del dels en e a un una que amb per pel es mai tanben mas son coma dins plan ne",
    "ast": "el la lo los les de del y a un una que nun con por pa ye más tamién pero foi so son como en al",
    "nl": "de het een en van in op te is zijn was met voor niet dat die aan er om maar ook als bij door naar na over "
          "hij heeft werd tegen uit",
    "af": "die het n en van in op te is was met vir nie dat sy aan om maar ook as by deur na oor hy hulle teen uit",
    "sv": "och att det en ett i på är för som med av till den har de inte om var efter han sig mot från men vid nu",
    "da": "og at det en et i på er for som med af til den har de ikke om var efter han sig mod fra men ved nu der",
    "no": "og at det en et i på er for som med av til den har de ikke om var etter han seg mot fra men ved nå der",
    "ro": "și în a o de la cu pe din care că nu un fost este să mai au după lui sa se al pentru cel dar ca",
    "lb": "de den d der dem an am vun mat op fir net ass wor huet et en eng datt och mee bei no si sinn hien gëtt",
}  # fmt: skip
"""The commonest words of our six languages and of those that share many of them."""


@lru_cache(maxsize=1)
def _languages_of() -> dict[str, list[str]]:
    languages: dict[str, list[str]] = {}
    for lang, words in _COMMONEST.items():
        for word in words.split():
            languages.setdefault(word, []).append(lang)
    return languages


def settled_language(text: str) -> str:
    """The one of our six languages that the commonest words of `text` settle on, or "" where they leave doubt."""
    known = _languages_of()
    counts = dict.fromkeys(_COMMONEST, 0)
    for word in known.keys() & text[:SETTLING_SAMPLE].lower().split():
        for lang in known[word]:
            counts[lang] += 1
    second, most = sorted(counts.values())[-2:]
    if most < SETTLED or most - second < LEAD:
        return ""
    best = max(counts, key=counts.get)
    return best if best in LANGUAGES else ""


@lru_cache(maxsize=1)
def _identifier():
    # Imported on first use: it loads a model, which reading with a given language never needs.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def identify_language(text: str, hint: str | None = None) -> str:
    """Return the language code of `text`, identified over all languages the model knows, not only our six.

    A `hint` among the six is believed for short texts and wherever the model does not clearly say otherwise.
    """
    sample = text[:LANGUAGE_SAMPLE]
    hint = (hint or "").strip().lower()[:2]
    settled = settled_language(text)
    if settled and settled == hint:
        return settled
    letters = sum(map(str.isalpha, sample))
    if letters < 20:
        return hint or "und"
    found, probability = (settled, 1.0) if settled else _identifier().classify(sample)
    if hint and hint != found and (letters < 120 or probability < 0.99):
        return hint
    return found
