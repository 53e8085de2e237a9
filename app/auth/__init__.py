"""Signing in and knowing who acts."""
