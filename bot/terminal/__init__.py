"""The terminal: a conversation, one question, or many as JSON."""
