"""Targets of the plan against what the data say."""
