"""Rows proposed for the gazetteer: names met often, names from Wikidata, all for a person to review."""
