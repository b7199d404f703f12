"""The audit: does any private value stand in any byte of the output?

``decoding`` says as what texts a file is read, ``lines`` how many are read, ``needles`` how they are compared.
"""

from kokemus.audit.detection import Leak, as_problems, leaks, secrets, unexplained

__all__ = [
    "Leak",
    "as_problems",
    "leaks",
    "secrets",
    "unexplained",
]
