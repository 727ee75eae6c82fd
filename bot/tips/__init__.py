"""The daily tip: when it comes, which one it is, and what people wish about it."""
