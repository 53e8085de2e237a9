"""Why a verdict is what it is: inputs with their source, formula, working, clause, what would change it."""
