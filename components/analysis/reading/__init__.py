"""Files, folders and texts to documents that know where they stand."""

from components.analysis.reading.files import ENDINGS, Unusable, read_paths, read_text
from components.analysis.reading.source import Source

__all__ = ["ENDINGS", "Source", "Unusable", "read_paths", "read_text"]
