"""The coach itself, pure: Question → Match → Answer.

No input or output, no clock, no platform. Everything it says comes from a Handbook.
"""
