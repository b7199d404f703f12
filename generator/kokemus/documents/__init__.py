"""Documents: YAML files read strictly, with the place of every value, and what is wrong with them.

``parser`` reads a file into a ``document``, ``mkdocs_yml`` the configuration, and ``problems`` says what is wrong,
where, and what to do about it.
"""
