"""What a county may choose about the rules: relaxations, open questions, a regional variant, targets."""
