"""How workbooks are written: text stays text, whatever it begins with."""

# A name like =HYPERLINK(…) would run, and one like external:\\host\share would ask a strange machine for it.
INERT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
