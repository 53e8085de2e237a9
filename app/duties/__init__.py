"""Duties that come back: the list of a plan, each with its occurrences to come, planned and changed."""
