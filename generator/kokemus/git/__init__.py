"""Git: what a folder's history holds. An unreadable history is never taken for an empty one.

``history`` asks git itself, ``objects`` reads every object in a repository, and ``sending`` pushes.
"""
