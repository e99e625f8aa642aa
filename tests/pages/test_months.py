"""What plotly is told beside a figure's data."""

import pytest

from pages.figures import months


@pytest.mark.parametrize(("ui", "may"), [("en", None), ("it", "maggio")])
def test_plotly_names_the_months_of_its_own_hovers_in_the_readers_language(ui, may):
    told = months(ui)
    assert (told["locales"][told["locale"]]["format"]["months"][4] if told else None) == may
