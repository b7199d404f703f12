"""Requests for visits, kept in the coordinator's own file, and the experts who suit them.

``reading`` turns what somebody sent into a request, ``store`` and ``writing`` keep it in ``desk/requests.yml``, and
``matching`` finds who suits. The site uses none of this.
"""
