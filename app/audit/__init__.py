"""The audit log: who did what, when, from where, with the values before and after; chained by hash."""
