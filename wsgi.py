"""What a web server imports."""

from app.factory import create_app

app = create_app()
