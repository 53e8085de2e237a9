"""Signing in, and what protects accounts."""
