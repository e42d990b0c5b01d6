"""The container images of the lab: what is in each, and how it is built and put into the lab's registry.

Built from Debian packages, the lab's own tools and nothing else. The image of the program's own service may not live here.
"""
