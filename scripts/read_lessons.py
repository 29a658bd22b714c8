"""Reads lessons (MyST Markdown notebooks) and prints them as one JSON array of notebooks.

usage: read_lessons.py lesson.md...

Each notebook's metadata has a `source_map`: the line of the file on which each cell begins, counted from 1.
"""

import json
import sys

from jupytext.myst import myst_to_notebook

notebooks = []
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        notebook = myst_to_notebook(file.read(), add_source_map=True)
    notebooks.append(notebook)
json.dump(notebooks, sys.stdout)
