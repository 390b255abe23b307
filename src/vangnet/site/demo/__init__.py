"""An invented world: every person, place, number and organisation in it is made up."""
