"""Help beside every indicator: what it is, how it is worked out, its sources, common mistakes."""
