"""What is raised for input of which no comment can be made."""


class Unusable(Exception):
    """The preview can not be read; the message is one paragraph for whoever made it."""
