"""The whole database with its files, copied to a folder, checked, and put back into an empty place."""
