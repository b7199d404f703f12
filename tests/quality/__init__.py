"""The quality budgets of the site, and how each is measured, for the tests and for ``make quality``.

``host`` serves a site as a static host does, and ``sites`` builds the measured sites. ``weight``, ``markup``,
``access`` and ``speed`` measure, and ``walks`` acts out users. ``python -m tests.quality`` prints the table of
``budgets``.
"""
