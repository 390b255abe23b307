"""What the law asks, of whom, by when, done or not; and the international check."""
