"""The coordinator's desk: the commands in the browser, on the coordinator's own computer, over the same folder.

``guard`` keeps others out, ``room`` holds what all rooms share; each other module is a room. The desk has no rule
of its own: what it shows and does is in ``reports``, ``importing`` and ``publication``.
"""
