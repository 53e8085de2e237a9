"""Figures that a report prints, recomputed from the figures that it gives for them."""
