"""Experts: profiles as written, and which parts of them are in force on a day.

``profile`` reads one, ``card`` and ``private`` read parts of it, and ``belonging`` the associations it names.
``duplicates`` finds one person in two files. ``consent`` says who is in the crowd and which cards show. ``salvage`` and
``further`` read broken files.
"""
