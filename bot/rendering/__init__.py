"""Records -> messages: the templates, one typed page for each, and the limits of a message."""
