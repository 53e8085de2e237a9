"""Work that nobody clicks for: done county by county, by a command or a scheduler."""
