"""The web application: the only package that knows Flask."""
