"""The request form: what is asked, which service takes the answers, and what its replies mean.

``services`` describes each service as data, ``outcome`` reads a reply, ``delivery`` is an association's choice,
``form`` is the form as a template sees it, and ``brought`` selects what a page has already chosen.
"""
