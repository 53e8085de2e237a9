"""The platform's own pages: counties made, suspended, exported and erased; its log."""
