"""The coordinator's desk: the commands as web pages, on the coordinator's own computer, over the same folder.

``app`` puts the desk together, ``guard`` keeps others out, and ``shared`` holds what all pages share. Most of the
other modules are a page each. The desk has no rules of its own: those are in ``reports``, ``requests``, ``importing``
and ``publication``.
"""
