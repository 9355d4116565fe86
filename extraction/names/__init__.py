"""Names in a text: what they are, where they stand, and which of them are one thing."""
