"""The embedded default: a real Kubernetes with a real Istio, made from packages on one Linux machine.

The lab knows the program by its outside only: stack names, outputs, the Docker and Kubernetes addresses it hands over.
Nothing in here may be imported by the program, and nothing in here may import it.
"""
