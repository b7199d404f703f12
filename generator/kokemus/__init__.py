"""Kokemus turns experts' profiles into a public catalogue in which nobody can be singled out.

Data flows in one direction, and each step changes its type::

    experts/*.yml ─documents→ Document ─experts→ Profile ─(on a day)→ Member, signed topics, Card
       Member ─anonymity→ Edition ─website→ Catalogue → Page ─plugin→ site/

From the catalogue on, no code sees a profile. ``publication`` runs the whole pipeline, and ``audit`` searches its
output for private values.
"""
