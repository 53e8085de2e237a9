"""The ledgers of met and unmet findings: worked out from the data, the same on the screen and in Excel."""
