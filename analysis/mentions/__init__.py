"""Who and which clubs an article names, and where: mentions, resolved, and the sentences that they stand in."""
