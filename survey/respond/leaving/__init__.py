"""The ways out: go on later, leave this device, say no, take back what was sent."""
