"""The parameters: each documented, none contradicting another."""

import ast
import inspect
from dataclasses import FrozenInstanceError, fields

import pytest

from analysis.index import parameters
from analysis.index.parameters import Parameters
from analysis.schema import DIRECTION, STAGES


def test_every_parameter_says_why_it_is_as_it_is():
    body = next(node for node in ast.parse(inspect.getsource(parameters)).body if isinstance(node, ast.ClassDef)).body
    explained = {node.target.id for node, reason in zip(body, body[1:], strict=False)
                 if isinstance(node, ast.AnnAssign) and isinstance(reason, ast.Expr)}  # fmt: skip
    assert explained == {field.name for field in fields(Parameters)}


@pytest.mark.parametrize(
    "wrong",
    [{"speculation_ceiling": 80}, {"ultimatum_ceiling": 101}, {"backing": 0.2}, {"renewal": 1.1}, {"alarm_off": 60},
     {"half_life_days": 0}, {"shrinkage": 0}, {"full_confidence": 0}, {"silent_days": -1}, {"return_days": -1}],
)  # fmt: skip
def test_contradictory_parameters_are_refused(wrong):
    with pytest.raises(ValueError, match="must"):
        Parameters(**wrong)


def test_parameters_are_fixed_and_can_key_a_cache():
    with pytest.raises(FrozenInstanceError):
        Parameters().draws = 3
    assert hash(Parameters()) == hash(Parameters()) and Parameters() != Parameters(draws=3)


@pytest.mark.parametrize("stage", STAGES)
def test_only_stages_of_danger_and_departure_weigh(stage):
    assert (Parameters().stage_weight(stage, 3) > 0) is (DIRECTION[stage] in ("risk", "left"))


@pytest.mark.parametrize("stage", ["speculation", "pressure", "ultimatum", "succession", "dismissed"])
def test_more_risk_weighs_more(stage):
    weights = [Parameters().stage_weight(stage, risk) for risk in range(5)]
    assert weights == sorted(weights) and len(set(weights)) == 5


def test_steps_and_layers_share_out_the_whole():
    assert sum(Parameters().steps) == pytest.approx(100)
    assert Parameters().backing_layers.sum() == pytest.approx(1)
