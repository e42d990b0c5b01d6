"""How far validation and istiod agree: every case of Istio's own tables beside what we say of the same document.

`make parity` prints the figures. Cases are read from outside of the project and never copied into it.
"""
