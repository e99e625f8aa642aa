"""Reading football news for what it says of coaches and their jobs."""
