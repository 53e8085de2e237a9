"""The supervisor's page: what waits for a word of the supervision office."""
