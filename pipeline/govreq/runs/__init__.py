"""Runs: many documents through the flow, each with a status of its own."""
