"""What a change would do to a mesh, told from the output of `pulumi preview --json`: the comment in a pull request.

May live here: reading a preview, the words for what differs, the picture, and writing both for GitHub and a terminal.
May not live here: judgement about a mesh (components.analysis), the model's words, anything that runs Pulumi, reaches a
cluster or talks to GitHub. Nothing that comes after `redaction` has a secret to show.
"""

from components.review.comment import LIMIT, markdown, marker
from components.review.errors import Unusable
from components.review.preview import Preview, read
from components.review.review import Review, review

__all__ = ["LIMIT", "Preview", "Review", "Unusable", "markdown", "marker", "read", "review"]
