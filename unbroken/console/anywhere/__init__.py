"""What every page of the console carries: keys, the palette, the bell, how one can be reached."""
