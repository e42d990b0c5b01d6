"""Why the experiments could not be made at all, as opposed to a verdict on what they measured."""


class Unusable(Exception):
    """No experiment was made. The message is one paragraph: what is wrong, what was given, what is needed, what to do."""
