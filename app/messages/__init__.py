"""Messages (消息): the in-app centre, what people want to be told, and what carries reminders outwards."""
