"""The components for programs in any language: a Pulumi component provider over `components.resources`.

Wires only: plain data becomes the model's objects, and what is wrong with it becomes one paragraph. The classes here are
read by Pulumi's schema inference, which wants annotations as they are, so these modules do not postpone theirs.
"""
