"""Weights: from the sampling plan, for nonresponse, then adjusted to what is known of the population."""
