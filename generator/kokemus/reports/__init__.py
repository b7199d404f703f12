"""Reports: what the coordinator reads and prints, and what is done to profiles and folders.

``messages`` holds the sentences, ``explanation`` and ``figures`` the reasons and numbers, ``paper`` the pages to print;
``scaffolding`` and ``withdrawal`` change files.
"""
