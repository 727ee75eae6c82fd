"""Microsoft Teams: activities in, Adaptive Cards out. Imported only where Teams is configured."""
