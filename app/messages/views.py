"""All views of messages, gathered for the factory."""

from app.messages import centre_views, channel_views, feed_views, outgoing_views, own_views
from app.messages.blueprint import bp

__all__ = ["bp", "centre_views", "channel_views", "feed_views", "outgoing_views", "own_views"]
