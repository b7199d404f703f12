"""Anonymity: which topics a crowd may list. One topic, one bit; nothing is crossed with anything.

``parameters`` says how strict the rule is, ``rule`` looks at a crowd once, ``looks`` decides when, and ``edition``
keeps what was found. The rule and its proof: docs/anonymity.md.
"""

from kokemus.anonymity.card import Card
from kokemus.anonymity.edition import Edition
from kokemus.anonymity.looks import Clock, clock, following
from kokemus.anonymity.parameters import Parameters
from kokemus.anonymity.rule import Member, group_item, items, look

__all__ = ["Card", "Clock", "Edition", "Member", "Parameters", "clock", "following", "group_item", "items", "look"]
