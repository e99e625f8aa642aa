"""What a cue asserts once the modifiers around it are heard: data/assertions.csv, applied."""

from functools import lru_cache
from pathlib import Path

from analysis.gazetteer import DATA
from analysis.schema import MODIFIERS, STAGES, Table, read_table

GROUP = {"dismissed": "departure", "resigned": "resigned", "left_mutual": "mutual", "succession": "succession",
         "ultimatum": "ultimatum", "pressure": "pressure", "speculation": "speculation", "reassured": "reassured",
         "renewed": "renewed"}  # fmt: skip
TABLE = Table(
    ("group", "modifier", "becomes", "risk", "note"),
    {"group": tuple(GROUP.values()), "modifier": MODIFIERS, "becomes": STAGES, "risk": tuple("01234")},
    ("note",),
)


@lru_cache(maxsize=1)
def load_assertions(path: Path = DATA / "assertions.csv") -> dict[str, list[tuple[str, str, int]]]:
    """For each group of stages its rules (modifier, stage it becomes, risk), first come first heard."""
    rules: dict[str, list[tuple[str, str, int]]] = {group: [] for group in GROUP.values()}
    for row in read_table(path, TABLE):
        rules[row["group"]].append((row["modifier"], row["becomes"], int(row["risk"])))
    return rules


def assertion(stage: str, risk: int, modifiers: set[str]) -> tuple[str, int, str]:
    """Stage and risk of a cue of `stage` and `risk` under `modifiers`, and the modifier that decided ("" if none)."""
    for modifier, becomes, new_risk in load_assertions()[GROUP[stage]]:
        if modifier in modifiers:
            lowers = becomes == stage and stage != "reassured"  # a condition makes backing worth less, so the risk more
            return becomes, min(risk, new_risk) if lowers else new_risk, modifier
    return stage, risk, ""
