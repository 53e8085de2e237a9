"""Where data meets a standard, and the pages that explain the result."""
