"""What the marks of many add up to."""
