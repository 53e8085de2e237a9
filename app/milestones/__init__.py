"""Milestones: the list over the plan, one page each, and the acts on them."""
