"""Versions of a year's result: frozen, handed up, compared with what came later."""
