"""Experts: profiles as they are written, and what of them is in force on a day.

``profile`` reads one, ``belonging`` whose expert it is, ``card`` and ``duplicates`` check it, ``consent`` says who is
in the crowd and which cards show, and ``salvage`` reads what can be read of a broken file.
"""
