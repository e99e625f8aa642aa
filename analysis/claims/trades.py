"""Which of the people whom an article gives no trade are coaches: a logistic score.

Lower divisions and far countries are full of coaches whom no list knows, and a text may take for granted what they do:
"Bury have ended Lucketti's tenure". Where he stands beside clubs, what is said of him and who else is named tell him
from players, officers and politicians (analysis.claims.trade_features). The weights are fitted on labelled articles
(`python -m bench.trades --write`) and kept in data/trade_weights.csv, a row a feature.
"""

from analysis.claims.plausibility import likelihood, load_weights
from analysis.gazetteer import DATA
from analysis.mentions.people import Person

WEIGHTS = DATA / "trade_weights.csv"
LEAST = 0.5
"""From this likelihood on somebody is taken for a coach; bench/trades.py prints other values."""


def name_coaches(strangers: list[tuple[Person, dict[str, float]]]) -> list[Person]:
    """Make coaches of those unknown persons who by their features are likely to be; who they are."""
    weights = load_weights(WEIGHTS)
    likely = [person for person, values in strangers if likelihood(values, weights) >= LEAST]
    for person in likely:
        person.kind = "coach"
    return likely
