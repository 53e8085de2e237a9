"""Pages over plans and the work under them."""
