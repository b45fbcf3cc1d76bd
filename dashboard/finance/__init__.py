"""What finance reads and signs; each page is a room inside, and what they share lies here."""
