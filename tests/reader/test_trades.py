"""People of no stated trade are taken for coaches where a text treats them as such. Texts are invented."""

import csv
import json
from pathlib import Path

import pytest

from analysis.claims.plausibility import likelihood, load_weights
from analysis.claims.trades import LEAST, WEIGHTS
from analysis.reader import read, strangers

TEXTS = Path(__file__).parents[1] / "data"
WEIGHED = load_weights(WEIGHTS)


def stages(lang: str, text: str) -> dict[str, str]:
    reading = read({"lang": lang, "title": "", "text": text, "date": "2023-10-02"})
    return {coach["name"]: coach["stage"] for coach in reading["coaches"]}


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("en", "Bury and Gareth Lumsden have parted company by mutual consent. The search for a successor is on.",
         "Gareth Lumsden"),
        ("it", "Il Pontedera ha esonerato Ruggero Malpighi dopo il ko con la Carrarese. Squadra al vice.",
         "Ruggero Malpighi"),
        ("es", "El Cacereño ha destituido a Julio Arbeloa Pinto tras la derrota ante el Lugo. El club busca relevo.",
         "Julio Arbeloa Pinto"),
        ("fr", "Orléans a démis Xavier Collinet de ses fonctions mardi. Le club cherche un remplaçant.",
         "Xavier Collinet"),
        ("de", "Der VfR Mannheim hat Marcel Hünersdorf freigestellt. Der Verein sucht einen Nachfolger.",
         "Marcel Hünersdorf"),
        ("pt", "O Vianense e Amândio Vilaverde rescindiram por mútuo acordo. O clube procura sucessor.",
         "Amândio Vilaverde"),
    ],
)  # fmt: skip
def test_a_man_of_no_stated_trade_who_loses_a_bench_is_a_coach(lang, text, name):
    assert stages(lang, text).get(name) in ("dismissed", "left_mutual")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Gareth Lumsden scored twice as Bury beat Rochdale 3-1. Their coach praised the striker's patience."),
        ("it", "Gol di Ruggero Malpighi al 34' e il Pontedera passa a Carrara. Il portiere salva nel finale."),
        ("de", "Marcel Hünersdorf traf zum 1:0 für den VfR Mannheim. Der Stürmer war vor der Pause gekommen."),
    ],
)
def test_a_scorer_is_none(lang, text):
    assert stages(lang, text) == {} or set(stages(lang, text).values()) == {"none"}


@pytest.mark.parametrize("feature", ["told_leading", "cue_dismissed", "coach_slot"])
def test_what_speaks_for_a_coach_raises_the_likelihood(feature):
    assert likelihood({feature: 1.0}, WEIGHED) > likelihood({}, WEIGHED)


@pytest.mark.parametrize("feature", ["with_player", "coaches", "right_bracket"])
def test_what_speaks_for_somebody_else_lowers_it(feature):
    assert likelihood({feature: 1.0}, WEIGHED) < likelihood({}, WEIGHED)


def test_every_feature_has_a_weight_with_a_meaning():
    files = [TEXTS / f"{name}_{lang}.jsonl" for name in ("plain", "long") for lang in ("en", "it", "de")]
    articles = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    met = {name for article in articles for _, features in strangers(article) for name in features}
    assert met and met <= set(WEIGHED)
    assert all(row["meaning"] for row in _rows())


def test_a_single_sentence_tells_too_little():
    assert strangers({"lang": "en", "text": "Bury and Gareth Lumsden have parted company by mutual consent."}) == []


def test_a_listed_coach_is_no_stranger():
    assert strangers({"lang": "en", "text": "José Mourinho has left Roma. The club thanked him."}) == []


def test_less_than_even_is_not_enough():
    assert LEAST >= 0.5


def _rows() -> list[dict]:
    with WEIGHTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
