"""Few rows picked out of large frames. Coded texts (categories) become plain texts only in what is picked."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def of_articles(frame: pd.DataFrame, articles: pd.Series) -> pd.DataFrame:
    """Rows of `frame` whose article_id is among `articles`. pandas' own isin makes Python strings of all."""
    return frame[among(frame["article_id"], articles)]


def among(values: pd.Series, known: pd.Series) -> np.ndarray:
    """Which of the texts `values` are among `known`, as a mask."""
    return np.asarray(pc.is_in(texts(values), texts(known)))


def texts(values: pd.Series) -> pa.Array:
    """The texts `values` for Arrow."""
    return pa.array(values, pa.large_string())


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` with plain texts in place of categories, so that columns of two frames join and compare."""
    coded = [name for name, dtype in frame.dtypes.items() if isinstance(dtype, pd.CategoricalDtype)]
    return frame.astype(dict.fromkeys(coded, "string")) if coded else frame
