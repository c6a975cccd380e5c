"""Pages with a label: walls of each kind and real pages that look a little like them, in ten languages.

All words and templates are our own. `tuning` is what the rules of `sources/walls.py` were written with; `measured` was
written after them, with other words, other sentences and another structure of page, and no rule was changed for it.
"""
