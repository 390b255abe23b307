"""How the documents are built: `sphinx-build -W docs docs/_build`."""

from __future__ import annotations

project = "Vangnet"
author = "Vangnet contributors"
project_copyright = "2026 Vangnet contributors"
release = "2026.11.0"
language = "en"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
root_doc = "index"
exclude_patterns = ["_build", "pictures/README.md"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "Vangnet"
html_show_sphinx = False
