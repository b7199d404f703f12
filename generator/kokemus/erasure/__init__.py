"""Erasure: every trace of one expert in the folder, the site and the history, and the commands that remove it.

``traces`` says what must be gone, ``past`` and ``objects`` read the history, ``rewriting`` prints the commands.
"""
