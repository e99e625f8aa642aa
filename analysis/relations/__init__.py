"""What an article says of coaches and clubs: typed edges, each with its words."""
