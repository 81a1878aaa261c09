"""The town's bad day: everything goes wrong at once, through the real doors of a desk."""
