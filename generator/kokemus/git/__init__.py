"""Git: what a folder's history holds. An unreadable history is never taken for an empty one.

``history`` asks git itself, ``objects`` reads every object that a repository holds.
"""
