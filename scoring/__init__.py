"""Scoring of counties by dated standards: frames in, frames out. Knows neither Flask nor a database."""
