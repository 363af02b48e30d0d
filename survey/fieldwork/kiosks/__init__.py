"""The planner's tablets at desks: named, given a key, switched on and off."""
