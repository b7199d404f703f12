"""The website: from what is listed to finished pages. Nothing here sees an expert.

``catalogue`` holds what the site says, ``outline`` which pages there are, ``view`` what a template sees; ``pages``
fills the templates.
"""
