"""Alerts and digests: rules of data/alerts.toml held against the index, and told by feed, webhook and mail."""
