"""The end of the way: answers checked, sent once, thanked for."""
