"""Pages with a label: walls of each kind and real pages that look a little like them, in ten languages.

All words and templates are our own. `newspaper`, `bay` and `gazette` are what the rules of `sources/walls.py` were written
with; `weekly` was written after them, with other words and another structure of page, and no rule was changed for it.
`elsewhere` are pages in words that are not ours.
"""
