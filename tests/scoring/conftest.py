"""Property tests here are judged by what they find, not by how busy the machine is."""

from hypothesis import settings

settings.register_profile("scoring", deadline=None, max_examples=60)
settings.load_profile("scoring")
