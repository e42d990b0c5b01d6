"""Every kind a mesh is made of, as frozen typed values; decode a document into them, encode them into one.

May live here: the message classes generated from Istio's own definitions (one module a proto file), the few
Kubernetes kinds the rest of the program reads or writes, their table of kinds, and the two directions between
a value and a plain document. May not live here: judgement about what a document means (validation, analysis),
words of our own (model), anything of Pulumi, input or output of files.

The kinds are not imported here: `from components.api.networking.virtual_service import VirtualService` costs
only what that kind needs, and `decode` imports the module of a kind when it meets the kind.
"""

from components.api.decoding import decode, decode_as, decode_value, examine
from components.api.duration import Duration
from components.api.encoding import encode, encode_value
from components.api.errors import DecodeError, Problem, UnknownKind
from components.api.json import JSON
from components.api.message import Message
from components.api.resource import Document, ObjectMeta, OwnerReference, Resource

__all__ = [
    "JSON",
    "DecodeError",
    "Document",
    "Duration",
    "Message",
    "ObjectMeta",
    "OwnerReference",
    "Problem",
    "Resource",
    "UnknownKind",
    "decode",
    "decode_as",
    "decode_value",
    "encode",
    "encode_value",
    "examine",
]
