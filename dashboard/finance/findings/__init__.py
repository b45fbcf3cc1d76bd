"""What looks wrong about a purchase, and what finance decided about it."""
