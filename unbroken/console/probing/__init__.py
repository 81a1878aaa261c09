"""A line is tested from its request: asked for here, done by a job, shown when it is over."""
