"""Files, folders and texts to documents that know where they stand."""

from components.analysis.reading.files import (
    ENDINGS,
    Unread,
    Unusable,
    mesh_config_of,
    read_bytes,
    read_paths,
    read_text,
)
from components.analysis.reading.source import Source

__all__ = ["ENDINGS", "Source", "Unread", "Unusable", "mesh_config_of", "read_bytes", "read_paths", "read_text"]
