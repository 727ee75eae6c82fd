"""A folder of YAML → the handbook, or every fault at once with file and line.

folders ─survey→ files ─parse→ nodes ─schema→ values ─rules→ handbook
"""

from bot.content.loading import check, fingerprint, load, shipped_folder

__all__ = ["check", "fingerprint", "load", "shipped_folder"]
