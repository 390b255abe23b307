"""What every step stands on: who may, with which key, written down where."""
