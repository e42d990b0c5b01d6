"""The one kind of failure a person is meant to read."""


class LabError(Exception):
    """What is wrong, the value met, what is allowed and what to do, in one paragraph without a traceback."""
