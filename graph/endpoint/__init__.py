"""A build over HTTP: the SPARQL 1.1 Protocol, read-only, and the site."""
