"""The page of a school's reporter, and the form of the school's own return."""
