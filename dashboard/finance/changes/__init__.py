"""What changed since a moment, and purchases as they were known then."""
