"""The kinds of containers, one module each; see :mod:`govreq.source.container`."""
