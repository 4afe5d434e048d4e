"""Commands, driven as any channel drives them."""
