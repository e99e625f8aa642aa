"""Resampling: Poisson counts that hang on the story and the seed alone, and intervals from them."""

import numpy as np
import pytest

from analysis.index.bootstrap import draw_counts, interval
from analysis.index.parameters import Parameters
from analysis.index.placing import hashes

STORIES = hashes(np.array([f"story {number}" for number in range(500)], dtype=object))


def test_counts_are_those_of_a_poisson_of_mean_one():
    counts = draw_counts(STORIES, Parameters())[:, 1:]
    assert counts.mean() == pytest.approx(1, abs=0.01) and counts.var() == pytest.approx(1, abs=0.03)
    assert (counts == 0).mean() == pytest.approx(np.exp(-1), abs=0.005)


def test_draws_and_stories_are_independent_of_each_other():
    counts = draw_counts(STORIES, Parameters())[:, 1:]
    for table in (counts, counts.T):
        correlations = np.corrcoef(table)[np.triu_indices(len(table), 1)]
        assert abs(correlations.mean()) < 0.005


def test_the_first_column_is_the_index_itself():
    assert (draw_counts(STORIES, Parameters())[:, 0] == 1).all()


def test_the_draws_of_a_story_are_the_same_in_any_company():
    alone = draw_counts(STORIES[7:8], Parameters())
    assert (alone == draw_counts(STORIES, Parameters())[7]).all()
    assert (alone[:, :51] == draw_counts(STORIES[7:8], Parameters(draws=50))).all()


def test_another_seed_gives_other_draws():
    one, other = (draw_counts(STORIES, Parameters(seed=seed))[:, 1:] for seed in (1, 2))
    assert (one == other).mean() < 0.4


def test_without_stories_or_draws_there_is_nothing_to_count():
    assert draw_counts(STORIES[:0], Parameters()).shape == (0, 201)
    assert draw_counts(STORIES, Parameters(draws=0)).shape == (500, 1)


def test_the_interval_holds_eight_tenths_of_the_draws_and_the_index():
    draws = np.arange(1, 101.0)
    values = np.array([[50, *draws], [2, *draws], [99, *draws]])
    lower, upper = interval(values, Parameters(draws=100))
    assert lower == pytest.approx([10.9, 2, 10.9]) and upper == pytest.approx([90.1, 90.1, 99])
