"""What is made to harm, and what becomes of it."""
