"""How many answers a survey takes over the web from each kind of people: shown, set, proposed."""
