"""Requests: what is asked of the association, kept in the coordinator's own file, and who suits.

``reading`` makes a request of what somebody has sent, ``store`` keeps it in ``desk/requests.yml``, ``matching`` says
who suits. The site sees none of it.
"""
