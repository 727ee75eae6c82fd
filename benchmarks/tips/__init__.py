"""`make bench-tips`: what the daily tip costs with a million subscribers, on both databases."""
