"""The budgets of the site: how each is measured, once, for the tests and for ``make quality``.

``host`` serves as a host does, ``sites`` builds what is measured, ``weight``, ``markup``, ``access`` and ``speed``
measure, ``walks`` are people on their way, and ``python -m tests.quality`` prints the table of ``budgets``.
"""
