"""The demo: two fictional counties, marked as examples."""
