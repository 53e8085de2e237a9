"""Those above the counties: how each county stands, what it handed up, and a look inside, reading only."""
