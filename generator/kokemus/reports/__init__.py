"""Reports: what the coordinator reads and prints, and the edits that commands make to profiles and folders.

``messages`` builds the sentences, ``explanation`` and ``figures`` the reasons and numbers, ``paper`` the printed pages.
``erasing``, ``renewal``, ``scaffolding`` and ``withdrawal`` change files.
"""
