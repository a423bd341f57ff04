"""What is given away with a declared result, so that anybody can count again."""
