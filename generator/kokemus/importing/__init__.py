"""Import: profiles from a spreadsheet, as people keep them in Excel; nothing is written before it is confirmed.

``opening`` reads the file, ``columns`` knows its headings, ``cells`` what is typed in a cell, ``rows`` whose a row is,
``planning`` what would be written and what somebody must decide first.
"""
