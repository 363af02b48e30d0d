"""Answering without a connection: what the browser keeps, the whole form in one page, the script between."""
