"""One page for each of the 32 items and the vetoes, and the attestations that people sign on them."""
