"""Where the plugin's own data files stand."""

from __future__ import annotations

from pathlib import Path

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
STANDARD_FOLDER = RESOURCES / "standard"
