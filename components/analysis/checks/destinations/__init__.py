"""DestinationRules: which one applies, and what of it."""
