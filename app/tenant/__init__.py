"""What a county sets for itself: lights, names, calendar, channels, second factor."""
