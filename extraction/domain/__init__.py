"""What a domain pack holds, and reading it: the registry, the words of names, the frames of relations."""
