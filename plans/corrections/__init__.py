"""Correcting a draft before it is accepted: rows and units changed, gaps counted anew, every change kept."""
