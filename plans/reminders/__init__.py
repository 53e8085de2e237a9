"""Reminders: rows first, messages second.

``rules`` says what is reminded of when, ``slots`` works out the days (pure), ``families`` finds what is
live, ``audiences`` finds whom it concerns, ``queueing`` writes the rows in sets, ``outbox`` claims and marks
messages.
"""
