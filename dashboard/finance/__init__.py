"""What finance reads and signs: a room inside for each page and for the monthly mail, and here what they share."""
