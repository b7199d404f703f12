"""Publication: everything that the site of a day is made of, or the reasons why there is none.

``inputs`` reads everything, ``crowd`` says what is in force and due for the crowd, ``making`` makes editions, ``day``
holds everything that is true on a day, ``publish`` makes the site from it, and ``omission`` leaves out what is broken.
"""
