"""What strangers send: counted by kind, none taken, none answered with a broken page."""
