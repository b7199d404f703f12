"""A publication: all that a day's site is made of, or the reasons why there is none.

``inputs`` reads everything, ``crowd`` says what holds of the crowd, ``making`` makes editions, ``day`` is all that
holds on a day, ``publish`` makes the site of it, and ``omission`` leaves out what is broken.
"""
