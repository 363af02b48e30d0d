"""Placed forms, and the lists that go with them, drawn as PDF."""
