"""The work as a whole: the wall chart, the calendar, notices and bulletins, what waits for whom."""
