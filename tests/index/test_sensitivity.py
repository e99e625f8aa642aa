"""The bench of sensitivity compares orders, not values."""

import math

import numpy as np
import pytest

from bench.sensitivity import parameter_cases, tau


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ([1, 2, 3, 4], [10, 20, 30, 45], 1),
        ([1, 2, 3, 4], [4, 3, 2, 1], -1),
        ([1, 2, 3, 4], [1, 2, 4, 3], 4 / 6),
        ([1, 1, 2], [1, 2, 3], 2 / math.sqrt(2 * 3)),
    ],
)
def test_tau_is_kendalls(left, right, expected):
    assert tau(np.array(left), np.array(right)) == pytest.approx(expected)


def test_no_order_has_no_tau():
    assert math.isnan(tau(np.ones(4), np.arange(4)))


def test_every_case_is_another_set_of_parameters():
    cases = dict(parameter_cases())
    assert len(set(cases.values())) == len(cases) == 12
