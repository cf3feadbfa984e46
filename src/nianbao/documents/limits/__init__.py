"""What is known of a file before it is parsed, and the confinement that it is parsed in."""
