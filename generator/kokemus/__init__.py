"""Kokemus: experts' profiles in, a public catalogue out, from which nobody can be singled out.

The data takes one way, and each step changes its type::

    experts/*.yml ─source→ Document ─profile→ Profile ─consent(on)→ Member, Statement, Card
       Member ─anonymity→ Statement ─edition→ Edition ─catalogue→ Catalogue ─pages→ Page ─plugin→ site/

Nothing after ``edition`` knows an expert. ``inputs`` reads all that the configuration names, ``crowd`` says what holds
of the crowd on a day, ``publish`` runs the whole way, and ``audit`` looks for private values at its end.
"""
