"""Writes the parts of components/ that are derived from other people's definitions. Needed by developers
only.

May live here: reading pinned definitions, turning them into Python, comparing that with what is checked in.
May not live here: anything that a program needs at run time; components/ imports nothing from here.
"""
