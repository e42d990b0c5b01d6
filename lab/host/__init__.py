"""The machine itself: is it fit, its Debian packages, its Docker daemon, the image registry, and the order of it all.

What happens inside a cluster's own namespaces may not live here (lab.cell), nor what a tool or an image is made of
(lab.tools, lab.images).
"""
