"""cert-manager's Certificate, written by hand, with the fields that are used here.

May live here: that kind and its parts. May not live here: the rest of cert-manager. Fields that are not typed are ignored
when a document is decoded.
"""
