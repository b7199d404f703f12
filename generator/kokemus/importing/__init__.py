"""Import: profiles from a spreadsheet, and requests and evaluations from a file.

``opening`` reads the file, ``columns`` recognises its headings, ``cells`` parses a cell, ``rows`` finds out whose a row
is, and ``planning`` says what would be written and what somebody must decide first. Profiles are written only when that
is confirmed.
"""
