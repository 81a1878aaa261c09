"""Reports over requests: asked, drawn, kept, mailed; never at the cost of the desk."""
