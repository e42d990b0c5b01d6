"""Routes of VirtualServices: their order, their matches and their shares."""
