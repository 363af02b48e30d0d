"""The cases measured, one module for each library that can do them."""
