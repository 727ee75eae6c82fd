"""Slack: requests in, answers out. `gate` and `bolt` receive, `listeners` decide, `delivery` sends."""
