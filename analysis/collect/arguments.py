"""Arguments that several commands take."""

import argparse


def seconds(text: str) -> float:
    """A number of seconds from 0 to 600, for argparse."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 600:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds from 0 to 600")
    return value
