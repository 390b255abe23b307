"""What every page stands on: the frame, the components, the switches, the states of a screen."""
