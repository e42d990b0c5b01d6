"""The policies: each with what it refuses and what it lets pass, and the pack through the real engine."""
