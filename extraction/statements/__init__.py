"""Relations in a text: who did what to what, when, and whether it happened."""
