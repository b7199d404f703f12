"""Erasure: every trace of one expert in the folder, the site and the history, and the commands that remove it.

``finding`` brings everything together: ``traces`` says what must be gone and searches folders, and ``past`` searches
the history. ``rewriting`` writes the commands, and ``blotting`` the replacements that they make.
"""
