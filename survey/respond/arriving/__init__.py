"""The doors: an open address, a personal code, the number of a dossier, a code to go on with."""
