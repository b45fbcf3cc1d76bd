"""Measurements: what the documents promise about speed and memory, each with the alternatives in the same run."""
