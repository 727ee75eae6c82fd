"""What is remembered between two messages."""
