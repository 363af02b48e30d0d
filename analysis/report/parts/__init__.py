"""The parts of a report, in order: each makes its blocks from a result, and computes nothing."""
