"""Anonymity: which topics are listed for the crowd. Each topic is one yes or no, never combined with other facts.

``parameters`` says how strict the rule is, ``rule`` makes one look at a crowd, ``looks`` decides when a look is due,
and ``edition`` stores the result. The rule and its proof: docs/anonymity.md.
"""

from kokemus.anonymity.card import Card
from kokemus.anonymity.edition import Edition
from kokemus.anonymity.looks import Clock, clock, following
from kokemus.anonymity.parameters import Parameters
from kokemus.anonymity.rule import Member, group_item, items, look

__all__ = ["Card", "Clock", "Edition", "Member", "Parameters", "clock", "following", "group_item", "items", "look"]
