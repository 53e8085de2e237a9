"""A rubric in points: the county's own score, the computed hint and the reviewer's score, kept apart."""
