"""Documents: YAML files read strictly, with the position of every value, and the problems found in them.

``parser`` reads a file into a ``document``, ``mkdocs_yml`` reads the configuration, and ``problems`` says what is
wrong, where, and what to do about it.
"""
