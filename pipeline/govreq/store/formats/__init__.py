"""Output formats: one file a format, each registers its writer with :func:`writer`."""
