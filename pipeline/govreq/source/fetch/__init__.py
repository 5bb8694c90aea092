"""Fetching pages of the web, politely, and from public addresses alone (extra ``fetch``)."""
