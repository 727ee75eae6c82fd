"""A coach on leadership versus management for Slack, the terminal and the browser."""
