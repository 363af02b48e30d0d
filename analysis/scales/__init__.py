"""Scales: do the items that make up a figure hang together, and do they measure what they are said to?"""
