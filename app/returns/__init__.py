"""Yearly returns of schools and county: in by workbook, out by workbook."""
