"""Basic balance: the mean of eight CVs, judged beside the county's own standard."""
