"""Commands that print how right and how fast Panchina is."""
