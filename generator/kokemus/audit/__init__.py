"""The leak audit: searches every byte of the output for private values.

``packed`` opens a file, ``decoding`` says which texts it can be read as, ``lines`` searches many texts quickly, and
``needles`` says how texts and values are compared.
"""

from kokemus.audit.detection import Leak, Wanted, as_problem, as_problems, leaks, places, secrets, unexplained

__all__ = [
    "Leak",
    "Wanted",
    "as_problem",
    "as_problems",
    "leaks",
    "places",
    "secrets",
    "unexplained",
]
