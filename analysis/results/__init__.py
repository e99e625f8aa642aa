"""Results of matches: read from files, kept beside the articles, told as form."""

from analysis.results.results import combined, parse_results, results_of_facts

__all__ = ["combined", "parse_results", "results_of_facts"]
