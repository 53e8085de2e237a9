"""Bulletins (通报): drafted from the state of the work, edited, published with a number, read, withdrawn."""
