"""A plan in force is revised: its parts changed in place, 原定 beside 现定, approved anew."""
