"""A CrossGuard policy pack: what a stack must keep before Pulumi touches anything, over the program's own documents.

May live here: what a policy refuses, one file a policy in `rules`, as pure functions of documents; how Pulumi's properties
become documents; and the adapter to the policy SDK, the only module that imports it. May not live here: what Istio itself
would refuse (components.api.validation) and what is wrong between documents (components.analysis), which the pack only
hands on; anything of the lab or of one program.
"""
