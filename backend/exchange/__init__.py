"""Import and export of a branch: workbooks, CSV folders and rota problems."""
