"""How much longer something takes with more of it: a promise about time that a slow or busy machine keeps too."""

import time
from collections.abc import Callable

LINEAR = 24
"""Less than this is no worse than linear: what is linear grows eightfold, what is quadratic sixty-four-fold."""


def seconds(work: Callable[[], object]) -> float:
    """The CPU time of something, the best of three runs."""

    def once() -> float:
        began = time.process_time()
        work()
        return time.process_time() - began

    return min(once() for _ in range(3))


def growth(work: Callable[[int], object], size: int) -> float:
    """How many times as long eight times as much takes. The size differs in each run, so that no cache answers."""
    small, large = iter(range(size, size + 3)), iter(range(size * 8, size * 8 + 3))
    return seconds(lambda: work(next(large))) / seconds(lambda: work(next(small)))
